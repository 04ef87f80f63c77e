-- runner: 0
-- migration
ALTER TABLE core.notes ADD COLUMN size int; -- expect
