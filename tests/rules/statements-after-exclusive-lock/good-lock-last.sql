-- migration
SET LOCAL lock_timeout = '5s';
CREATE TABLE core.fresh AS SELECT id FROM core.notes;
ALTER TABLE core.people ADD COLUMN size int;
ALTER TABLE core.people ADD COLUMN depth int;
