-- also: expand-not-additive
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ALTER COLUMN height TYPE numeric(6, 3); -- expect
