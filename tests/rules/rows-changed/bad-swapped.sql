-- migration
UPDATE core.tags SET label = (SELECT t.label FROM core.tags AS t WHERE t.id = 3 - core.tags.id) WHERE id IN (1, 2);
-- rollback
SELECT 1;
