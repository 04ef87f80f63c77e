-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD COLUMN author text;
ALTER TABLE core.notes ADD COLUMN made timestamptz NOT NULL DEFAULT now();
ALTER TABLE core.people ALTER COLUMN name TYPE varchar(60);
ALTER TABLE core.notes ADD COLUMN extra jsonb;
CREATE OR REPLACE VIEW core.short_notes WITH (security_invoker = TRUE) AS
SELECT id, body, weight FROM core.notes WHERE weight < 50;
CREATE TRIGGER notes_nothing BEFORE UPDATE ON core.notes
    FOR EACH ROW EXECUTE FUNCTION core.nothing();
