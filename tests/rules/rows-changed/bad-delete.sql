-- migration
DELETE FROM core.notes WHERE id > 70;
-- rollback
SELECT 1;
