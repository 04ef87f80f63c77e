-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD COLUMN length int CHECK (length > 0); -- expect
