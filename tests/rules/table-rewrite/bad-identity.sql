-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY; -- expect
