-- runner: 0
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD COLUMN size int;
ALTER TABLE core.people ADD COLUMN size int;
