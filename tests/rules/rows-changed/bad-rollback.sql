-- migration
ALTER TABLE core.notes ADD COLUMN size int;
-- rollback
ALTER TABLE core.notes DROP COLUMN size;
UPDATE core.people SET age = 0;
