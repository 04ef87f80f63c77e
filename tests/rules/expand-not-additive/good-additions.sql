CREATE TYPE core.mood AS ENUM ('sad', 'happy');
CREATE VIEW core.weights AS SELECT id, weight FROM core.notes;
DROP MATERIALIZED VIEW core.totals;
-- migration
SET LOCAL lock_timeout = '5s';
CREATE TABLE core.fresh (id bigint PRIMARY KEY);
ALTER TABLE core.notes ADD COLUMN size int;
ALTER TYPE core.mood ADD VALUE 'calm' BEFORE 'happy';
COMMENT ON TABLE core.notes IS 'Notas';
GRANT SELECT ON core.notes TO PUBLIC;
CREATE OR REPLACE VIEW core.weights AS SELECT id, weight, body FROM core.notes;
ALTER TABLE core.notes ALTER COLUMN person_id DROP NOT NULL;
ALTER TABLE core.notes SET (fillfactor = 90);
CREATE POLICY notes_all ON core.notes USING (true);
