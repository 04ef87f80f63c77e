-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN made timestamptz DEFAULT clock_timestamp(); -- expect
