ALTER TABLE core.people ALTER COLUMN name SET DEFAULT 'nobody';
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags DROP COLUMN label; -- expect
DROP TABLE core.empty; -- expect
DROP FUNCTION core.nothing(); -- expect
ALTER TABLE core.people ALTER COLUMN name DROP DEFAULT; -- expect
