-- migration
SET LOCAL lock_timeout = 0;
ALTER TABLE core.notes ADD COLUMN size int; -- expect
