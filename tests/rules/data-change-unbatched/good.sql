CREATE TABLE core.labels (id bigint PRIMARY KEY, name text);
INSERT INTO core.labels VALUES (1, 'a'), (2, 'b');
UPDATE core.labels SET name = upper(name);

UPDATE core.notes SET body = '' WHERE id = 7;
DELETE FROM core.notes WHERE id IN (SELECT id FROM core.notes WHERE body IS NULL LIMIT 500);
UPDATE core.notes SET body = '' WHERE id > 100 AND id <= 200;

WITH batch AS (
    SELECT id FROM core.notes WHERE body IS NULL ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED
)
UPDATE core.notes AS n SET body = '' FROM batch WHERE batch.id = n.id;

CREATE FUNCTION core.clean() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM core.notes;
END
$$;
