-- ready: SELECT count(*) FROM core.notes WHERE weigth IS NULL
-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes DROP COLUMN weight;
