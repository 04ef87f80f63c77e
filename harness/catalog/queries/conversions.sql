-- Conversions between encodings.
SELECT
    'conversion' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(c.conname) AS name,
    quote_ident(n.nspname) AS schema,
    c.conowner::regrole::text AS owner,
    obj_description(c.oid, 'pg_conversion') AS comment,
    CASE WHEN c.condefault THEN 'yes' END AS "default",
    pg_encoding_to_char(c.conforencoding) AS "from",
    pg_encoding_to_char(c.contoencoding) AS "to",
    c.conproc::text AS function
FROM pg_conversion AS c
INNER JOIN pg_namespace AS n ON c.connamespace = n.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_conversion'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
