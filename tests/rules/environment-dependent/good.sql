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
