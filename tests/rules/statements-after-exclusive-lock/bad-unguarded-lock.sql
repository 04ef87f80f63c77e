-- migration
ALTER TABLE core.people ADD COLUMN size int;
ALTER TABLE core.notes ADD COLUMN size int; -- expect
