-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN colour text;
ALTER TABLE core.people ALTER COLUMN age TYPE text; -- expect
