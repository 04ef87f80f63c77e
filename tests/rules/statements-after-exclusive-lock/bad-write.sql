-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN size int;
UPDATE core.notes SET weight = 0 WHERE weight < 0; -- expect
