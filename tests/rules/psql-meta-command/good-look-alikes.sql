CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    "a:b" text,
    tags text[] NOT NULL DEFAULT '{}'::text[]
);
COPY (SELECT n.id FROM core.notes AS n) TO '/dev/null';
SELECT
    n.tags[1:2] AS a,
    n.tags[:2] AS b,
    n.tags[:n.id] AS c,
    n.id::text AS d,
    n."a:b" AS e,
    '\i x' AS f,
    E'\\d :x :''y''' AS g,
    $$ \set x :"y" $$ AS h,
    '{"a": 1}'::jsonb -> 'a' AS i
FROM core.notes AS n;
SELECT make_interval(days := 3);
DO $$
DECLARE
    first text := ':x';
BEGIN
    first := 'COPY core.notes FROM stdin; \.';
END
$$;
