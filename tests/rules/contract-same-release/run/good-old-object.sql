ALTER TABLE core.notes ADD COLUMN fresh int;
-- migration contract
ALTER TABLE core.notes DROP COLUMN fresh;
