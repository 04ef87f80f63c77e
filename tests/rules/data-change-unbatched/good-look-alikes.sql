CREATE TABLE core.notes_new (id bigint PRIMARY KEY, body text);
ALTER TABLE core.notes RENAME TO notes_old;
ALTER TABLE core.notes_new RENAME TO notes;
UPDATE core.notes SET body = '';

CREATE TABLE core.draft (id bigint PRIMARY KEY);
ALTER TABLE core.draft SET SCHEMA archive;
DELETE FROM archive.draft;

CREATE TABLE IF NOT EXISTS core.labels (id bigint PRIMARY KEY, name text);
UPDATE core.labels SET name = upper(name);

CREATE MATERIALIZED VIEW core.label_names AS SELECT l.name FROM core.labels AS l;
CREATE TEMPORARY TABLE moved AS SELECT n.id FROM core.notes AS n;
DELETE FROM moved;

MERGE INTO core.tags AS t
USING (VALUES (1, 'a'), (2, 'b')) AS l (id, name) ON l.id = t.id
WHEN MATCHED THEN UPDATE SET name = l.name
WHEN NOT MATCHED THEN INSERT (id, name) VALUES (l.id, l.name);

MERGE INTO core.tags AS t
USING core.labels AS l ON l.id = t.id
WHEN NOT MATCHED THEN INSERT (id, name) VALUES (l.id, l.name);

DO $$
BEGIN
    CREATE TABLE core.counts (id bigint PRIMARY KEY, total bigint);
    INSERT INTO core.counts VALUES (1, 2);
    UPDATE core.counts SET total = 3;
END
$$;
UPDATE core.counts SET total = 4;

INSERT INTO core.tags (id, name) VALUES (1, 'update core.notes set x = 1')
ON CONFLICT (id) DO UPDATE SET name = excluded.name;
SELECT n.id FROM core.notes AS n FOR UPDATE;
CREATE RULE keep AS ON DELETE TO core.tags DO INSTEAD UPDATE core.tags SET name = '';
CREATE FUNCTION core.empty_all() RETURNS void LANGUAGE sql
BEGIN ATOMIC
    DELETE FROM core.notes;
    UPDATE core.tags SET name = '';
END;
COMMENT ON TABLE core.tags IS 'DELETE FROM core.notes';

CREATE FUNCTION core.clean_tags() RETURNS bigint LANGUAGE sql AS $$
    UPDATE core.tags SET name = '';
    SELECT 1::bigint;
$$;
CREATE VIEW core.never_read AS SELECT core.clean_tags() AS a;
CREATE FUNCTION core.clean_again() RETURNS bigint LANGUAGE sql
BEGIN ATOMIC
    SELECT core.clean_tags();
END;
