-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD COLUMN author text NOT NULL DEFAULT ''; -- expect
ALTER TABLE core.notes ALTER COLUMN author DROP DEFAULT;
