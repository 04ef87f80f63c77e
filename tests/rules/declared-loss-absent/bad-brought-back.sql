-- loses: core.tags.label
CREATE TABLE core.kept AS SELECT id, label FROM core.tags;
-- migration contract
ALTER TABLE core.tags DROP COLUMN label;
-- rollback
ALTER TABLE core.tags ADD COLUMN label text;
UPDATE core.tags AS t SET label = k.label FROM core.kept AS k WHERE k.id = t.id;
