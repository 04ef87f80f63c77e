-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes DROP COLUMN body CASCADE;
