-- migration
ALTER TABLE core.notes ADD COLUMN size int;
UPDATE core.notes SET weight = -weight;
-- rollback
UPDATE core.notes SET weight = -weight;
ALTER TABLE core.notes DROP COLUMN size;
