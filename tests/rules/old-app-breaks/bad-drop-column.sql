DROP VIEW core.short_notes;
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes DROP COLUMN weight; -- expect
