-- Statements that hurt nobody, one after another on filled tables: none may give a finding.
-- Each stands on lines of its own and ends with a line "--"; those after "-- guarded" need the
-- lock_timeout that the test puts before them.
ALTER TABLE core.people ADD COLUMN extra_int int;
--
ALTER TABLE core.people ADD COLUMN extra_text text NOT NULL DEFAULT 'x';
--
ALTER TABLE core.people ADD COLUMN made_at timestamptz NOT NULL DEFAULT now();
--
ALTER TABLE core.people ADD COLUMN IF NOT EXISTS flag boolean NOT NULL DEFAULT FALSE;
--
ALTER TABLE core.people ADD COLUMN data jsonb NOT NULL DEFAULT '{}';
--
ALTER TABLE core.people ADD COLUMN token uuid;
--
ALTER TABLE core.people ALTER COLUMN extra_int SET STATISTICS 200;
--
COMMENT ON TABLE core.people IS 'Uma tabela';
--
COMMENT ON COLUMN core.people.extra_int IS 'Um número';
--
GRANT SELECT ON core.people TO PUBLIC;
--
ANALYZE core.people;
--
ALTER TABLE core.people SET (fillfactor = 90);
--
ALTER TABLE core.people SET (autovacuum_vacuum_scale_factor = 0.05);
--
ALTER TABLE core.people ADD CONSTRAINT people_extra_int_check CHECK (extra_int > 0) NOT VALID;
--
ALTER TABLE core.people VALIDATE CONSTRAINT people_extra_int_check;
--
ALTER TABLE core.people ADD COLUMN person_ref bigint REFERENCES core.people (id);
--
CREATE INDEX CONCURRENTLY people_person_ref_idx ON core.people (person_ref);
--
CREATE INDEX CONCURRENTLY people_flag_idx ON core.people (id) WHERE flag;
--
CREATE UNIQUE INDEX CONCURRENTLY people_token_key ON core.people (token);
--
ALTER TABLE core.people ADD CONSTRAINT people_token_key UNIQUE USING INDEX people_token_key;
--
REINDEX TABLE CONCURRENTLY core.people;
--
VACUUM (ANALYZE) core.people;
--
ALTER TABLE core.notes ADD COLUMN extra_int int;
--
ALTER TABLE core.notes ADD COLUMN extra_text text NOT NULL DEFAULT 'x';
--
ALTER TABLE core.notes ADD COLUMN made_at timestamptz NOT NULL DEFAULT now();
--
ALTER TABLE core.notes ADD COLUMN IF NOT EXISTS flag boolean NOT NULL DEFAULT FALSE;
--
ALTER TABLE core.notes ADD COLUMN data jsonb NOT NULL DEFAULT '{}';
--
ALTER TABLE core.notes ADD COLUMN token uuid;
--
ALTER TABLE core.notes ALTER COLUMN extra_int SET STATISTICS 200;
--
COMMENT ON TABLE core.notes IS 'Uma tabela';
--
COMMENT ON COLUMN core.notes.extra_int IS 'Um número';
--
GRANT SELECT ON core.notes TO PUBLIC;
--
ANALYZE core.notes;
--
ALTER TABLE core.notes SET (fillfactor = 90);
--
ALTER TABLE core.notes SET (autovacuum_vacuum_scale_factor = 0.05);
--
ALTER TABLE core.notes ADD CONSTRAINT notes_extra_int_check CHECK (extra_int > 0) NOT VALID;
--
ALTER TABLE core.notes VALIDATE CONSTRAINT notes_extra_int_check;
--
ALTER TABLE core.notes ADD COLUMN person_ref bigint REFERENCES core.people (id);
--
CREATE INDEX CONCURRENTLY notes_person_ref_idx ON core.notes (person_ref);
--
CREATE INDEX CONCURRENTLY notes_flag_idx ON core.notes (id) WHERE flag;
--
CREATE UNIQUE INDEX CONCURRENTLY notes_token_key ON core.notes (token);
--
ALTER TABLE core.notes ADD CONSTRAINT notes_token_key UNIQUE USING INDEX notes_token_key;
--
REINDEX TABLE CONCURRENTLY core.notes;
--
VACUUM (ANALYZE) core.notes;
--
ALTER TABLE core.tags ADD COLUMN extra_int int;
--
ALTER TABLE core.tags ADD COLUMN extra_text text NOT NULL DEFAULT 'x';
--
ALTER TABLE core.tags ADD COLUMN made_at timestamptz NOT NULL DEFAULT now();
--
ALTER TABLE core.tags ADD COLUMN IF NOT EXISTS flag boolean NOT NULL DEFAULT FALSE;
--
ALTER TABLE core.tags ADD COLUMN data jsonb NOT NULL DEFAULT '{}';
--
ALTER TABLE core.tags ADD COLUMN token uuid;
--
ALTER TABLE core.tags ALTER COLUMN extra_int SET STATISTICS 200;
--
COMMENT ON TABLE core.tags IS 'Uma tabela';
--
COMMENT ON COLUMN core.tags.extra_int IS 'Um número';
--
GRANT SELECT ON core.tags TO PUBLIC;
--
ANALYZE core.tags;
--
ALTER TABLE core.tags SET (fillfactor = 90);
--
ALTER TABLE core.tags SET (autovacuum_vacuum_scale_factor = 0.05);
--
ALTER TABLE core.tags ADD CONSTRAINT tags_extra_int_check CHECK (extra_int > 0) NOT VALID;
--
ALTER TABLE core.tags VALIDATE CONSTRAINT tags_extra_int_check;
--
ALTER TABLE core.tags ADD COLUMN person_ref bigint REFERENCES core.people (id);
--
CREATE INDEX CONCURRENTLY tags_person_ref_idx ON core.tags (person_ref);
--
CREATE INDEX CONCURRENTLY tags_flag_idx ON core.tags (id) WHERE flag;
--
CREATE UNIQUE INDEX CONCURRENTLY tags_token_key ON core.tags (token);
--
ALTER TABLE core.tags ADD CONSTRAINT tags_token_key UNIQUE USING INDEX tags_token_key;
--
REINDEX TABLE CONCURRENTLY core.tags;
--
VACUUM (ANALYZE) core.tags;
--
ALTER TABLE core.meals ADD COLUMN extra_int int;
--
ALTER TABLE core.meals ADD COLUMN extra_text text NOT NULL DEFAULT 'x';
--
ALTER TABLE core.meals ADD COLUMN made_at timestamptz NOT NULL DEFAULT now();
--
ALTER TABLE core.meals ADD COLUMN IF NOT EXISTS flag boolean NOT NULL DEFAULT FALSE;
--
ALTER TABLE core.meals ADD COLUMN data jsonb NOT NULL DEFAULT '{}';
--
ALTER TABLE core.meals ADD COLUMN token uuid;
--
ALTER TABLE core.meals ALTER COLUMN extra_int SET STATISTICS 200;
--
COMMENT ON TABLE core.meals IS 'Uma tabela';
--
COMMENT ON COLUMN core.meals.extra_int IS 'Um número';
--
GRANT SELECT ON core.meals TO PUBLIC;
--
ANALYZE core.meals;
--
ALTER TABLE core.meals SET (fillfactor = 90);
--
ALTER TABLE core.meals SET (autovacuum_vacuum_scale_factor = 0.05);
--
ALTER TABLE core.meals ADD CONSTRAINT meals_extra_int_check CHECK (extra_int > 0) NOT VALID;
--
ALTER TABLE core.meals VALIDATE CONSTRAINT meals_extra_int_check;
--
ALTER TABLE core.meals ADD COLUMN person_ref bigint REFERENCES core.people (id);
--
CREATE INDEX CONCURRENTLY meals_person_ref_idx ON core.meals (person_ref);
--
CREATE INDEX CONCURRENTLY meals_flag_idx ON core.meals (id) WHERE flag;
--
CREATE UNIQUE INDEX CONCURRENTLY meals_token_key ON core.meals (token);
--
ALTER TABLE core.meals ADD CONSTRAINT meals_token_key UNIQUE USING INDEX meals_token_key;
--
REINDEX TABLE CONCURRENTLY core.meals;
--
VACUUM (ANALYZE) core.meals;
--
ALTER TABLE core.diaries ADD COLUMN extra_int int;
--
ALTER TABLE core.diaries ADD COLUMN extra_text text NOT NULL DEFAULT 'x';
--
ALTER TABLE core.diaries ADD COLUMN made_at timestamptz NOT NULL DEFAULT now();
--
ALTER TABLE core.diaries ADD COLUMN IF NOT EXISTS flag boolean NOT NULL DEFAULT FALSE;
--
ALTER TABLE core.diaries ADD COLUMN data jsonb NOT NULL DEFAULT '{}';
--
ALTER TABLE core.diaries ADD COLUMN token uuid;
--
ALTER TABLE core.diaries ALTER COLUMN extra_int SET STATISTICS 200;
--
COMMENT ON TABLE core.diaries IS 'Uma tabela';
--
COMMENT ON COLUMN core.diaries.extra_int IS 'Um número';
--
GRANT SELECT ON core.diaries TO PUBLIC;
--
ANALYZE core.diaries;
--
ALTER TABLE core.diaries SET (fillfactor = 90);
--
ALTER TABLE core.diaries SET (autovacuum_vacuum_scale_factor = 0.05);
--
ALTER TABLE core.diaries ADD CONSTRAINT diaries_extra_int_check CHECK (extra_int > 0) NOT VALID;
--
ALTER TABLE core.diaries VALIDATE CONSTRAINT diaries_extra_int_check;
--
ALTER TABLE core.diaries ADD COLUMN person_ref bigint REFERENCES core.people (id);
--
CREATE INDEX CONCURRENTLY diaries_person_ref_idx ON core.diaries (person_ref);
--
CREATE INDEX CONCURRENTLY diaries_flag_idx ON core.diaries (id) WHERE flag;
--
CREATE UNIQUE INDEX CONCURRENTLY diaries_token_key ON core.diaries (token);
--
ALTER TABLE core.diaries ADD CONSTRAINT diaries_token_key UNIQUE USING INDEX diaries_token_key;
--
REINDEX TABLE CONCURRENTLY core.diaries;
--
VACUUM (ANALYZE) core.diaries;
--
ALTER TABLE core.people ALTER COLUMN name TYPE varchar(30);
--
ALTER TABLE core.people ALTER COLUMN name TYPE varchar;
--
ALTER TABLE core.people ALTER COLUMN name TYPE text;
--
ALTER TABLE core.people ALTER COLUMN height TYPE numeric(7, 2);
--
ALTER TABLE core.people ALTER COLUMN net TYPE inet;
--
SET LOCAL TimeZone = 'UTC'; ALTER TABLE core.people ALTER COLUMN seen TYPE timestamptz;
--
ALTER TABLE core.diaries ALTER COLUMN entry TYPE varchar(80);
--
ALTER TABLE core.notes ADD CONSTRAINT notes_body_present CHECK (body IS NOT NULL) NOT VALID;
--
ALTER TABLE core.notes VALIDATE CONSTRAINT notes_body_present;
--
ALTER TABLE core.notes ALTER COLUMN body SET NOT NULL;
--
ALTER TABLE core.notes DROP CONSTRAINT notes_body_present;
--
ALTER TABLE core.notes ALTER COLUMN body DROP NOT NULL;
--
ALTER TABLE core.notes ADD CONSTRAINT notes_person_id_fkey FOREIGN KEY (person_id) REFERENCES core.people (id) NOT VALID;
--
ALTER TABLE core.notes VALIDATE CONSTRAINT notes_person_id_fkey;
--
ALTER TABLE core.diaries ADD CONSTRAINT diaries_person_id_fkey FOREIGN KEY (person_id) REFERENCES core.people (id) NOT VALID;
--
ALTER TABLE core.diaries VALIDATE CONSTRAINT diaries_person_id_fkey;
--
CREATE TABLE core.files (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note_id bigint NOT NULL REFERENCES core.notes (id), name text NOT NULL);
--
CREATE TABLE core.labels (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE CHECK (name <> ''), loud text GENERATED ALWAYS AS (upper(name)) STORED);
--
CREATE TABLE core.people_copy (LIKE core.people INCLUDING ALL);
--
CREATE TABLE core.notes_copy AS SELECT id, body FROM core.notes;
--
CREATE TABLE core.weights (id bigint, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
--
CREATE TABLE core.rooms (id bigint PRIMARY KEY, during daterange, EXCLUDE USING gist (during WITH &&));
--
CREATE UNLOGGED TABLE core.scratch (id bigint);
--
CREATE TABLE core.children (extra int) INHERITS (core.empty);
--
CREATE TABLE core.fresh (id bigint PRIMARY KEY, note_id bigint, body text); INSERT INTO core.fresh SELECT id, person_id, body FROM core.notes; CREATE INDEX fresh_note_id_idx ON core.fresh (note_id); ALTER TABLE core.fresh ALTER COLUMN body SET NOT NULL; ALTER TABLE core.fresh ALTER COLUMN note_id TYPE int; TRUNCATE core.fresh;
--
INSERT INTO core.labels (name) VALUES ('a'), ('b') ON CONFLICT DO NOTHING;
--
INSERT INTO core.tags (id, label) VALUES (1000, 'new') ON CONFLICT DO NOTHING;
--
INSERT INTO core.empty VALUES (1, 2);
--
CREATE TABLE core.events_2026_04 (LIKE core.events INCLUDING ALL);
--
ALTER TABLE core.events ATTACH PARTITION core.events_2026_04 FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
--
ALTER TABLE core.events_2026_03 ADD CONSTRAINT events_2026_03_bounds CHECK (at IS NOT NULL AND at >= '2026-03-01' AND at < '2026-04-01') NOT VALID;
--
ALTER TABLE core.events_2026_03 VALIDATE CONSTRAINT events_2026_03_bounds;
--
ALTER TABLE core.events ATTACH PARTITION core.events_2026_03 FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
--
ALTER TABLE core.events_2026_03 DROP CONSTRAINT events_2026_03_bounds;
--
CREATE INDEX events_what_idx ON ONLY core.events (what);
--
CREATE INDEX CONCURRENTLY events_2026_01_what_idx ON core.events_2026_01 (what);
--
CREATE INDEX CONCURRENTLY events_2026_02_what_idx ON core.events_2026_02 (what);
--
CREATE INDEX CONCURRENTLY events_2026_03_what_idx ON core.events_2026_03 (what);
--
CREATE INDEX CONCURRENTLY events_2026_04_what_idx ON core.events_2026_04 (what);
--
ALTER INDEX core.events_what_idx ATTACH PARTITION core.events_2026_01_what_idx;
--
ALTER INDEX core.events_what_idx ATTACH PARTITION core.events_2026_02_what_idx;
--
ALTER INDEX core.events_what_idx ATTACH PARTITION core.events_2026_03_what_idx;
--
ALTER INDEX core.events_what_idx ATTACH PARTITION core.events_2026_04_what_idx;
--
ALTER TABLE core.events ADD COLUMN extra int;
--
ALTER TABLE core.events ADD COLUMN level int NOT NULL DEFAULT 0;
--
INSERT INTO core.events VALUES (900, '2026-04-05', 'event');
--
CREATE VIEW core.long_notes WITH (security_invoker = TRUE) AS SELECT id, weight FROM core.notes WHERE weight >= 50;
--
CREATE OR REPLACE VIEW core.long_notes WITH (security_invoker = TRUE) AS SELECT id, weight, body FROM core.notes WHERE weight >= 50;
--
CREATE MATERIALIZED VIEW core.label_totals AS SELECT label, count(*) AS n FROM core.tags GROUP BY label;
--
CREATE UNIQUE INDEX CONCURRENTLY label_totals_key ON core.label_totals (label);
--
REFRESH MATERIALIZED VIEW CONCURRENTLY core.label_totals;
--
REFRESH MATERIALIZED VIEW CONCURRENTLY core.totals;
--
CREATE FUNCTION core.two() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2';
--
CREATE FUNCTION core.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.made_at := now(); RETURN new; END $$;
--
CREATE PROCEDURE core.rest() LANGUAGE sql AS 'SELECT 1';
--
CALL core.rest();
--
COMMENT ON FUNCTION core.two() IS 'Dois';
--
REVOKE EXECUTE ON FUNCTION core.two() FROM PUBLIC; GRANT EXECUTE ON FUNCTION core.two() TO PUBLIC;
--
CREATE TYPE core.mood AS ENUM ('sad', 'happy');
--
ALTER TYPE core.mood ADD VALUE 'calm';
--
ALTER TYPE core.mood ADD VALUE IF NOT EXISTS 'wild' BEFORE 'sad';
--
CREATE TYPE core.pair AS (one int, other int);
--
ALTER TYPE core.pair ADD ATTRIBUTE third int;
--
CREATE DOMAIN core.ratio AS numeric CHECK (VALUE BETWEEN 0 AND 1);
--
ALTER DOMAIN core.grams ADD CONSTRAINT grams_check CHECK (VALUE > 0) NOT VALID;
--
CREATE SEQUENCE core.numbers;
--
ALTER SEQUENCE core.numbers CACHE 20;
--
CREATE SCHEMA side;
--
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA side;
--
CREATE INDEX CONCURRENTLY notes_body_trgm_idx ON core.notes USING gin (body side.gin_trgm_ops);
--
CREATE STATISTICS core.notes_stats ON person_id, weight FROM core.notes;
--
ALTER DEFAULT PRIVILEGES IN SCHEMA side GRANT SELECT ON TABLES TO PUBLIC;
--
GRANT USAGE ON SCHEMA side TO PUBLIC;
--
GRANT UPDATE (body) ON core.notes TO kvh_case_app;
--
GRANT ALL ON ALL TABLES IN SCHEMA core TO kvh_case_app;
--
SELECT count(*) FROM core.notes;
--
SELECT n.id FROM core.notes AS n JOIN core.people AS p ON p.id = n.person_id;
--
UPDATE core.notes SET weight = weight WHERE id = 7;
--
DELETE FROM core.tags WHERE id = 39;
--
DO $$ BEGIN IF EXISTS (SELECT FROM core.notes WHERE weight < 0) THEN RAISE EXCEPTION 'negative'; END IF; END $$;
--
DO $$ BEGIN ALTER TABLE core.notes ADD COLUMN inside int; END $$;
--
SELECT core.run('ALTER TABLE core.notes ADD COLUMN called int');
--
SET LOCAL statement_timeout = '30s'; ALTER TABLE core.notes ADD COLUMN timed int;
--
LOCK TABLE core.notes IN SHARE UPDATE EXCLUSIVE MODE;
--
SELECT pg_advisory_xact_lock(7);
--
EXPLAIN SELECT * FROM core.notes;
--
TABLE core.notes;
--
SELECT nextval('core.numbers');
--
SHOW lock_timeout;
--
ALTER TABLE core.notes CLUSTER ON notes_pkey;
--
ALTER TABLE core.notes REPLICA IDENTITY FULL;
--
ALTER TABLE core.notes ALTER COLUMN body SET STORAGE EXTERNAL;
--
ALTER TABLE core.notes ALTER COLUMN body SET COMPRESSION pglz;
--
ALTER TABLE core.notes ALTER COLUMN person_id DROP NOT NULL;
--
-- guarded
CREATE TRIGGER notes_stamp BEFORE UPDATE ON core.notes FOR EACH ROW EXECUTE FUNCTION core.stamp();
--
CREATE TRIGGER tags_stamp BEFORE UPDATE ON core.tags FOR EACH ROW EXECUTE FUNCTION core.stamp();
--
CREATE POLICY diaries_read ON core.diaries FOR SELECT USING (person_id = (SELECT core.me()));
--
CREATE POLICY diaries_write ON core.diaries FOR UPDATE USING (person_id = (SELECT core.me()));
--
CREATE POLICY notes_all ON core.notes USING (TRUE);
--
ALTER TABLE core.people ADD COLUMN size int; ALTER TABLE core.notes ADD COLUMN size int;
--
CREATE TRIGGER diaries_stamp AFTER INSERT ON core.diaries REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION core.nothing();
--
