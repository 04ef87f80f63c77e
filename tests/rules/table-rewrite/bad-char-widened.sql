-- also: expand-not-additive
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ALTER COLUMN code TYPE char(8); -- expect
