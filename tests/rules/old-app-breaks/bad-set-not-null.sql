-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ALTER COLUMN body SET NOT NULL; -- expect
