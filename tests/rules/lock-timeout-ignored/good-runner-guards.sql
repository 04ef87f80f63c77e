-- migration
ALTER TABLE core.notes ADD COLUMN size int;
