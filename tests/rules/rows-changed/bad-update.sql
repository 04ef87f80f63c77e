-- migration
ALTER TABLE core.notes ADD COLUMN size int;
UPDATE core.notes SET body = upper(body) WHERE id < 9;
-- rollback
ALTER TABLE core.notes DROP COLUMN size;
