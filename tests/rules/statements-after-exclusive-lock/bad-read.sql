-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN size int;
CREATE TABLE core.fresh AS SELECT id FROM core.notes; -- expect
