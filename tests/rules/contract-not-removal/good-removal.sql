-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags DROP COLUMN label;
