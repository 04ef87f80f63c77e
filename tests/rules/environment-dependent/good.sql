CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    label public.citext NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now()
);
CREATE TEMPORARY TABLE draft (id bigint);
INSERT INTO draft VALUES (1);

WITH recent AS (
    SELECT n.id FROM core.notes AS n WHERE n.written_at > now()
)
SELECT count(*) FROM recent INNER JOIN pg_class ON true;

DO $$
DECLARE
    month text;
    started timestamptz := clock_timestamp();
BEGIN
    FOREACH month IN ARRAY ARRAY['2026_01', '2026_02'] LOOP
        EXECUTE format('CREATE TABLE core.%I (id bigint)', 'notes_' || month);
    END LOOP;
    RAISE NOTICE 'criadas em %', clock_timestamp() - started;
END
$$;

DO $$
DECLARE
    picked bigint;
BEGIN
    CREATE TEMPORARY TABLE batch ON COMMIT DROP AS SELECT n.id FROM core.notes AS n LIMIT 9;
    INSERT INTO batch (id) VALUES (1);
    SELECT n.id INTO picked FROM core.notes AS n WHERE n.id = 1 FOR UPDATE OF n SKIP LOCKED;
    EXECUTE format('CREATE TABLE %I.%I (id bigint)', 'core', 'notes_fixas');
END
$$;
CREATE TABLE pg_temp.pages (id bigint);
INSERT INTO pages VALUES (1);
ALTER TABLE core.notes SET (autovacuum_enabled = off);
CALL core.clean();
