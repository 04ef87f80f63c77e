-- Inheritance and partitions.

-- prologue

CREATE SCHEMA t;

CREATE TABLE t.parent (id integer NOT NULL, word text DEFAULT 'x', CONSTRAINT positive CHECK (id > 0));

CREATE TABLE t.second (more integer);

-- statements

CREATE TABLE t.child (extra boolean) INHERITS (t.parent);

CREATE TABLE t.child_of_two () INHERITS (t.parent, t.second);

CREATE TABLE t.merges (word text DEFAULT 'y', id integer) INHERITS (t.parent);

CREATE TABLE t.joins (id integer NOT NULL, word text, own integer, CONSTRAINT positive CHECK (id > 0));

ALTER TABLE t.joins INHERIT t.parent;

ALTER TABLE t.joins NO INHERIT t.parent;

-- unlike: neither a dump nor a snapshot keeps the place of a column that came to the parent after its children
ALTER TABLE t.parent ADD COLUMN later integer;

ALTER TABLE ONLY t.child ALTER COLUMN word SET DEFAULT 'z';

-- unlike: it is about that column
ALTER TABLE t.parent ADD CONSTRAINT later_too CHECK (later > 0);

CREATE TABLE t.by_time (id integer NOT NULL, at timestamptz NOT NULL, kind text, note text) PARTITION BY RANGE (at);

CREATE TABLE t.by_time_2024_01 PARTITION OF t.by_time FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2024-02-01 00:00:00+00');

CREATE TABLE t.by_time_default PARTITION OF t.by_time DEFAULT;

ALTER TABLE t.by_time ADD PRIMARY KEY (id, at);

CREATE INDEX ON t.by_time (kind);

CREATE TABLE t.by_time_2024_02 PARTITION OF t.by_time FOR VALUES FROM ('2024-02-01 00:00:00+00') TO ('2024-03-01 00:00:00+00');

CREATE TABLE t.by_time_2024_03 (note text, gone text, kind text, at timestamptz NOT NULL, id integer NOT NULL);

ALTER TABLE t.by_time_2024_03 DROP COLUMN gone;

ALTER TABLE t.by_time ATTACH PARTITION t.by_time_2024_03 FOR VALUES FROM ('2024-03-01 00:00:00+00') TO ('2024-04-01 00:00:00+00');

ALTER TABLE t.by_time DETACH PARTITION t.by_time_2024_02;

ALTER TABLE t.by_time ATTACH PARTITION t.by_time_2024_02 FOR VALUES FROM ('2024-04-01 00:00:00+00') TO (MAXVALUE);

ALTER TABLE t.by_time ADD CONSTRAINT has_kind CHECK (kind <> '');

CREATE INDEX later_index ON ONLY t.by_time (note);

CREATE INDEX later_index_01 ON t.by_time_2024_01 (note);

ALTER INDEX t.later_index ATTACH PARTITION t.later_index_01;

CREATE INDEX own_index ON t.by_time_2024_01 (kind, note);

ALTER TABLE t.by_time_2024_01 ALTER COLUMN note SET DEFAULT 'own';

ALTER TABLE t.by_time_2024_01 ALTER COLUMN kind SET NOT NULL;

ALTER TABLE t.by_time ALTER COLUMN note SET DEFAULT 'all';

ALTER INDEX t.by_time_2024_01_kind_idx RENAME TO renamed;

CREATE TABLE t.by_list (region text, n integer) PARTITION BY LIST (region);

CREATE TABLE t.by_list_south PARTITION OF t.by_list FOR VALUES IN ('RS', 'SC', NULL) PARTITION BY HASH (n);

CREATE TABLE t.by_list_south_0 PARTITION OF t.by_list_south FOR VALUES WITH (MODULUS 2, REMAINDER 0);

CREATE TABLE t.by_list_south_1 PARTITION OF t.by_list_south (n DEFAULT 5) FOR VALUES WITH (MODULUS 2, REMAINDER 1) WITH (fillfactor = 60);

ALTER TABLE t.by_list ADD UNIQUE (region, n);

CREATE TABLE t.by_expression (word text COLLATE "C", n integer) PARTITION BY RANGE (lower(word) COLLATE "POSIX", n int4_ops);

CREATE TABLE t.points_at_partitions (id integer, at timestamptz, FOREIGN KEY (id, at) REFERENCES t.by_time (id, at));

CREATE TABLE t.target (id integer PRIMARY KEY);

ALTER TABLE t.by_time ADD FOREIGN KEY (id) REFERENCES t.target;

CREATE FUNCTION t.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';

CREATE TRIGGER touch BEFORE INSERT ON t.by_time FOR EACH ROW EXECUTE FUNCTION t.touch();

ALTER TABLE t.by_time_2024_01 DISABLE TRIGGER touch;

COMMENT ON TABLE t.by_time_2024_01 IS 'a month';

ALTER TABLE t.by_time_2024_01 OWNER TO korevitta_owner;

GRANT SELECT ON t.by_time_2024_01 TO korevitta_app;

ALTER TABLE t.by_time_2024_01 ENABLE ROW LEVEL SECURITY;

ALTER TABLE t.by_time DETACH PARTITION t.by_time_default;

DROP TABLE t.by_list_south_1;
