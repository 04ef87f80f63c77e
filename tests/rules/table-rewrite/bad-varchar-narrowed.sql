-- also: expand-not-additive
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ALTER COLUMN name TYPE varchar(10); -- expect
