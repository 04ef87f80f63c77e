-- Views, materialized views and rules.

-- prologue

CREATE SCHEMA t;

CREATE EXTENSION pg_trgm WITH SCHEMA t;

CREATE TABLE t.a (id integer PRIMARY KEY, word text, at timestamptz, n numeric);

CREATE TABLE t.log (id integer, what text);

-- statements

CREATE VIEW t.v AS SELECT id, word FROM t.a WHERE id > 3;

CREATE OR REPLACE VIEW t.v AS SELECT id, word, at FROM t.a WHERE id > 4 AND at < '2024-01-01 00:00:00+00';

CREATE OR REPLACE VIEW t.v AS SELECT id, word, at FROM t.a WHERE id > 4 AND at < '2024-01-01 00:00:00+00';

CREATE VIEW t.secure WITH (security_invoker = true, security_barrier = true) AS SELECT * FROM t.a;

CREATE VIEW t.checked AS SELECT id, word FROM t.a WHERE id > 0 WITH CASCADED CHECK OPTION;

CREATE VIEW t.locally (one, two) AS SELECT id, word FROM t.a WHERE id > 0 WITH LOCAL CHECK OPTION;

CREATE RECURSIVE VIEW t.numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 10;

CREATE VIEW t.above AS SELECT v.id, count(*) AS many, sum(a.n) FILTER (WHERE a.n > 0) AS total, row_number() OVER (ORDER BY v.id) AS place FROM t.v AS v LEFT JOIN t.a USING (id) GROUP BY v.id;

CREATE VIEW t.by_key AS SELECT a.id, a.word, count(l.what) AS logged FROM t.a AS a LEFT JOIN t.log AS l ON a.id = l.id GROUP BY a.id;

CREATE VIEW t.many_forms AS SELECT CASE WHEN id > 1 THEN 'x' ELSE word END AS one, (SELECT max(n) FROM t.a) AS two, ARRAY[id, 2] AS three, EXTRACT(year FROM at) AS four, word SIMILAR TO 'a%' AS five, at AT TIME ZONE 'UTC' AS six, COALESCE(word, 'y') || 'z' AS seven FROM t.a WHERE EXISTS (SELECT FROM t.log WHERE log.id = a.id) ORDER BY 1 LIMIT 5;

ALTER VIEW t.v ALTER COLUMN word SET DEFAULT 'x';

ALTER VIEW t.v ALTER COLUMN word DROP DEFAULT;

ALTER VIEW t.secure SET (security_barrier = false);

ALTER VIEW t.secure RESET (security_invoker);

ALTER VIEW t.locally RENAME COLUMN two TO three;

ALTER VIEW t.locally RENAME TO here;

ALTER VIEW t.here OWNER TO korevitta_owner;

COMMENT ON VIEW t.here IS 'a view';

COMMENT ON COLUMN t.here.one IS 'the first';

CREATE MATERIALIZED VIEW t.m AS SELECT id, count(*) AS many FROM t.v GROUP BY id;

CREATE MATERIALIZED VIEW t.unfilled WITH (fillfactor = 70) AS SELECT word FROM t.a WITH NO DATA;

CREATE UNIQUE INDEX m_id ON t.m (id);

REFRESH MATERIALIZED VIEW t.m;

REFRESH MATERIALIZED VIEW CONCURRENTLY t.m;

ALTER MATERIALIZED VIEW t.unfilled SET (autovacuum_enabled = false, toast.autovacuum_enabled = false);

ALTER MATERIALIZED VIEW t.unfilled ALTER COLUMN word SET STATISTICS 50;

ALTER MATERIALIZED VIEW t.unfilled ALTER COLUMN word SET STORAGE EXTERNAL;

ALTER MATERIALIZED VIEW t.unfilled ALTER COLUMN word SET COMPRESSION pglz;

ALTER MATERIALIZED VIEW t.unfilled ALTER COLUMN word SET (n_distinct = 3);

ALTER MATERIALIZED VIEW t.m CLUSTER ON m_id;

ALTER MATERIALIZED VIEW t.m OWNER TO korevitta_owner;

ALTER MATERIALIZED VIEW t.m RENAME TO counted;

ALTER MATERIALIZED VIEW t.counted RENAME COLUMN many TO how_many;

ALTER MATERIALIZED VIEW t.counted DEPENDS ON EXTENSION pg_trgm;

COMMENT ON MATERIALIZED VIEW t.counted IS 'counted';

COMMENT ON COLUMN t.counted.how_many IS 'how many';

CREATE RULE note AS ON INSERT TO t.a DO ALSO INSERT INTO t.log VALUES (new.id, 'new');

CREATE RULE two_things AS ON UPDATE TO t.a WHERE old.id <> new.id DO ALSO (INSERT INTO t.log VALUES (old.id, 'one'); INSERT INTO t.log VALUES (new.id, 'two'));

CREATE RULE nothing AS ON DELETE TO t.a DO INSTEAD NOTHING;

CREATE RULE through AS ON INSERT TO t.v DO INSTEAD INSERT INTO t.a (id, word) VALUES (new.id, new.word);

CREATE OR REPLACE RULE note AS ON INSERT TO t.a DO ALSO NOTIFY happened;

ALTER TABLE t.a DISABLE RULE note;

ALTER TABLE t.a ENABLE ALWAYS RULE two_things;

ALTER TABLE t.a ENABLE REPLICA RULE note;

ALTER RULE nothing ON t.a RENAME TO nought;

COMMENT ON RULE nought ON t.a IS 'no deletion';

DROP RULE two_things ON t.a;

CREATE SCHEMA u;

ALTER VIEW t.here SET SCHEMA u;

DROP VIEW u.here;

DROP MATERIALIZED VIEW t.unfilled;
