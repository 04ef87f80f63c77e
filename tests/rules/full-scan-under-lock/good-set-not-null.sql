ALTER TABLE core.notes ADD CONSTRAINT notes_body_not_null CHECK (body IS NOT NULL);
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ALTER COLUMN body SET NOT NULL;
ALTER TABLE core.notes DROP CONSTRAINT notes_body_not_null;
