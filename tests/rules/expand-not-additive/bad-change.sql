CREATE FUNCTION core.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
GRANT SELECT, INSERT ON core.notes TO PUBLIC;
CREATE VIEW core.weights WITH (security_invoker = true) AS SELECT id, weight FROM core.notes;
-- migration
SET LOCAL lock_timeout = '5s';
CREATE OR REPLACE FUNCTION core.one() RETURNS int LANGUAGE sql AS 'SELECT 2'; -- expect
ALTER TABLE core.notes ALTER COLUMN weight SET DEFAULT 7; -- expect
REVOKE SELECT ON core.notes FROM PUBLIC; -- expect
ALTER VIEW core.weights SET (security_invoker = false); -- expect
