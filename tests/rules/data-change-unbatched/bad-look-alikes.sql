CREATE TABLE archive.notes (id bigint PRIMARY KEY, body text);
UPDATE core.notes SET body = ''; -- expect

CREATE TABLE core.notes_new (id bigint PRIMARY KEY, body text);
ALTER TABLE core.notes RENAME TO notes_new; -- a velha toma o nome da nova
UPDATE core.notes_new SET body = ''; -- expect

UPDATE core.labels SET name = ''; -- expect
DROP TABLE core.labels;
CREATE TABLE core.labels (id bigint PRIMARY KEY, name text);

MERGE INTO core.tags AS t -- expect
USING core.labels AS l ON l.id = t.id
WHEN MATCHED THEN UPDATE SET name = l.name;

CREATE FUNCTION core.inner_clean() RETURNS void LANGUAGE sql AS 'DELETE FROM core.notes'; -- expect
CREATE FUNCTION core.outer_clean() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM core.inner_clean();
END
$$;
SELECT core.outer_clean();

CREATE PROCEDURE core.atomic_clean() LANGUAGE sql
BEGIN ATOMIC
    SELECT CASE WHEN true THEN 1 END;
    UPDATE core.tags SET name = ''; -- expect
END;
CALL core.atomic_clean();
