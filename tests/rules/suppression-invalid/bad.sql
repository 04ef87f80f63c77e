-- expect below
-- harness: allow syntax-eror -- nome trocado
CREATE TABLE core.notes (id bigint PRIMARY KEY);

-- expect below
-- harness: allow data-change-unbatched
UPDATE core.tags SET label = '' WHERE id = 1;

-- expect below
-- harness: allow data-change-unbatched -- não há o que calar aqui
UPDATE core.tags SET label = '' WHERE id = 2;

-- expect below
-- harness: permit data-change-unbatched -- outra palavra
UPDATE core.tags SET label = '' WHERE id = 3;

-- expect below
-- harness: allow psql-meta-command -- depois do fim não há comando
