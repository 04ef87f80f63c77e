-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN mass core.positive DEFAULT 1; -- expect
