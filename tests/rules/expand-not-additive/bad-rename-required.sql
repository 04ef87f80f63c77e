-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes RENAME COLUMN weight TO grams; -- expect
