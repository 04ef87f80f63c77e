-- Text search parsers.
SELECT
    'text search parser' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(p.prsname) AS name,
    quote_ident(n.nspname) AS schema,
    obj_description(p.oid, 'pg_ts_parser') AS comment,
    p.prsstart::text AS start,
    p.prstoken::text AS token,
    p.prsend::text AS "end",
    nullif(p.prsheadline, 0)::regproc::text AS headline,
    p.prslextype::text AS "token types"
FROM pg_ts_parser AS p
INNER JOIN pg_namespace AS n ON p.prsnamespace = n.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_ts_parser'::regclass AND e.objid = p.oid AND e.deptype = 'e'
    )
