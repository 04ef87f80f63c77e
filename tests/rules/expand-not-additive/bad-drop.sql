ALTER TABLE core.people ALTER COLUMN name SET DEFAULT 'nobody';
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes DROP COLUMN body; -- expect
DROP TABLE core.empty; -- expect
DROP FUNCTION core.nothing(); -- expect
ALTER TABLE core.people ALTER COLUMN name DROP DEFAULT; -- expect
