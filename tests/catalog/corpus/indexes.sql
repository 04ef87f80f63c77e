-- CREATE, ALTER, DROP INDEX and STATISTICS.

-- prologue

CREATE SCHEMA t;

CREATE EXTENSION pg_trgm WITH SCHEMA t;

CREATE TABLE t.a (id integer, word text, many integer[], body jsonb, at timestamptz, deleted_at timestamptz);

CREATE MATERIALIZED VIEW t.m AS SELECT id, word FROM t.a;

-- statements

CREATE INDEX ON t.a (id);

CREATE INDEX IF NOT EXISTS a_id_idx ON t.a (id);

CREATE UNIQUE INDEX one ON t.a (id) WHERE deleted_at IS NULL;

CREATE INDEX backwards ON t.a (at DESC NULLS LAST, id ASC);

CREATE INDEX expression ON t.a (lower(word), (id + 1));

CREATE INDEX covering ON t.a (id) INCLUDE (word);

CREATE INDEX collated ON t.a (word COLLATE "C" text_pattern_ops);

CREATE INDEX with_options ON t.a USING gin (many) WITH (fastupdate = off);

CREATE INDEX alikes ON t.a USING gin (word t.gin_trgm_ops);

CREATE INDEX similar_gist ON t.a USING gist (word t.gist_trgm_ops (siglen = 32));

CREATE INDEX inside ON t.a USING gin (body jsonb_path_ops);

CREATE INDEX hashed ON t.a USING hash (id);

CREATE INDEX ranged ON t.a USING brin (at) WITH (pages_per_range = 16);

CREATE UNIQUE INDEX alike ON t.a (word) NULLS NOT DISTINCT;

CREATE INDEX CONCURRENTLY slowly ON t.a (at);

CREATE UNIQUE INDEX ON t.m (id);

ALTER INDEX t.ranged SET (pages_per_range = 32);

ALTER INDEX t.ranged RESET (pages_per_range);

ALTER INDEX t.ranged RENAME TO blocks;

ALTER INDEX t.expression ALTER COLUMN 1 SET STATISTICS 200;

ALTER INDEX t.hashed DEPENDS ON EXTENSION pg_trgm;

ALTER INDEX t.hashed NO DEPENDS ON EXTENSION pg_trgm;

ALTER INDEX t.inside DEPENDS ON EXTENSION pg_trgm;

COMMENT ON INDEX t.blocks IS 'blocks';

ALTER TABLE t.a CLUSTER ON backwards;

REINDEX INDEX t.blocks;

REINDEX TABLE CONCURRENTLY t.a;

DROP INDEX t.covering;

DROP INDEX CONCURRENTLY t.slowly;

CREATE STATISTICS t.together ON id, word FROM t.a;

CREATE STATISTICS t.kinds (ndistinct, dependencies) ON id, at FROM t.a;

CREATE STATISTICS t.of_expression ON (lower(word)) FROM t.a;

CREATE STATISTICS ON id, deleted_at FROM t.a;

ALTER STATISTICS t.together SET STATISTICS 300;

ALTER STATISTICS t.together RENAME TO united;

ALTER STATISTICS t.united OWNER TO korevitta_owner;

CREATE SCHEMA u;

ALTER STATISTICS t.united SET SCHEMA u;

COMMENT ON STATISTICS u.united IS 'together';

DROP STATISTICS t.kinds;

-- unlike: no statement makes an index invalid, only a failure does
UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = 't.similar_gist'::regclass;

-- differs: pg_dump leaves out an invalid index, whatever is done to it
ALTER INDEX t.similar_gist RENAME TO unfinished;
