-- young: column core.notes.fresh
ALTER TABLE core.notes ADD COLUMN fresh int;
-- migration contract
ALTER TABLE core.notes DROP COLUMN fresh; -- expect
DROP TABLE core.empty;
