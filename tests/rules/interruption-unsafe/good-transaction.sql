-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD COLUMN size int;
CREATE TABLE core.fresh (id bigint);
ALTER TABLE core.people ADD COLUMN size int;
