DROP MATERIALIZED VIEW core.totals;
-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes DROP COLUMN person_id;
