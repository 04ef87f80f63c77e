-- ready: SELECT body FROM core.notes WHERE weight IS NULL
-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes DROP COLUMN weight;
