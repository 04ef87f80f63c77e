-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ALTER COLUMN name TYPE varchar(12); -- expect
