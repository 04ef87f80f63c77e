-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.empty ADD COLUMN owner text NOT NULL; -- expect
