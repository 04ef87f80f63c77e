-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.empty ALTER COLUMN amount TYPE bigint;
TRUNCATE core.empty;
