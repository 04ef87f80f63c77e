-- ready: SELECT count(*) FROM core.people WHERE alive IS NULL
ALTER TABLE core.people ADD CONSTRAINT people_alive_present CHECK (alive IS NOT NULL);
-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ALTER COLUMN alive SET NOT NULL;
