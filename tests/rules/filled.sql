-- The database that every observed case starts from: small tables of every shape, with rows.
CREATE SCHEMA core;

CREATE TABLE core.people (
    id bigint PRIMARY KEY,
    name varchar(20) NOT NULL,
    nick text,
    code char(4),
    height numeric(5, 2),
    age int,
    net cidr,
    seen timestamp,
    alive boolean
);
CREATE INDEX people_name_idx ON core.people (name);
INSERT INTO core.people
SELECT
    g,
    'name ' || g,
    'nick ' || g,
    'c' || g % 10,
    1.5,
    g % 90,
    '10.0.0.0/8',
    '2026-01-01 12:00',
    TRUE
FROM generate_series(1, 60) AS g;

CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    person_id bigint NOT NULL,
    body text,
    weight int NOT NULL
);
CREATE INDEX notes_person_id_idx ON core.notes (person_id);
INSERT INTO core.notes SELECT g, g % 60 + 1, 'note ' || g, g FROM generate_series(1, 80) AS g;

CREATE TABLE core.tags (
    id bigint NOT NULL,
    note_id bigint CONSTRAINT tags_note_id_fkey REFERENCES core.notes (id),
    label text
);
CREATE INDEX tags_note_id_idx ON core.tags (note_id);
INSERT INTO core.tags SELECT g, g, 'tag ' || g FROM generate_series(1, 40) AS g;

CREATE TABLE core.empty (id bigint, amount int);

CREATE TABLE core.events (
    id bigint NOT NULL,
    at date NOT NULL,
    what text
) PARTITION BY RANGE (at);
CREATE TABLE core.events_2026_01 PARTITION OF core.events
FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE core.events_2026_02 PARTITION OF core.events
FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
INSERT INTO core.events SELECT g, DATE '2026-01-01' + g, 'event' FROM generate_series(1, 50) AS g;
CREATE TABLE core.events_2026_03 (
    id bigint NOT NULL,
    at date NOT NULL,
    what text
);
INSERT INTO core.events_2026_03 VALUES (100, '2026-03-05', 'event'), (101, '2026-03-06', 'event');

CREATE DOMAIN core.grams AS int;
CREATE DOMAIN core.positive AS int CHECK (VALUE > 0);
CREATE TABLE core.meals (id bigint PRIMARY KEY, mass core.grams);
INSERT INTO core.meals SELECT g, g FROM generate_series(1, 30) AS g;

CREATE MATERIALIZED VIEW core.totals AS
SELECT person_id, count(*) AS notes FROM core.notes GROUP BY person_id;
CREATE UNIQUE INDEX totals_person_id_key ON core.totals (person_id);

CREATE FUNCTION core.nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE FUNCTION core.run(statement text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
END $$;

-- Rows of one person each, as a tenant's would be.
CREATE TABLE core.diaries (
    id bigint PRIMARY KEY,
    person_id bigint NOT NULL,
    entry varchar(40) NOT NULL,
    mood int DEFAULT 3
);
CREATE INDEX diaries_person_id_idx ON core.diaries (person_id);
INSERT INTO core.diaries SELECT g, g % 5 + 1, 'entry ' || g, g % 7 FROM generate_series(1, 30) AS g;
CREATE FUNCTION core.me() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('case.person', TRUE), '')::bigint
$$;
ALTER TABLE core.diaries ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.diaries FORCE ROW LEVEL SECURITY;
CREATE POLICY diaries_own ON core.diaries USING (person_id = (SELECT core.me()));
CREATE VIEW core.short_notes WITH (security_invoker = TRUE) AS
SELECT id, body FROM core.notes WHERE weight < 50;
CREATE FUNCTION core.note_count() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT count(*) FROM core.notes
$$;

GRANT USAGE ON SCHEMA core TO kvh_case_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA core TO kvh_case_app;
