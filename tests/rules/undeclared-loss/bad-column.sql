-- migration contract
ALTER TABLE core.tags DROP COLUMN label;
-- rollback
ALTER TABLE core.tags ADD COLUMN label text;
