-- Extensions, which stand for all of their members. Those of initdb (plpgsql) are part of every database.
-- A comment is told where it is not the one of the extension's control file; '' where it was taken away.
SELECT
    'extension' AS kind,
    quote_ident(x.extname) AS name,
    quote_ident(n.nspname) AS "installed in",
    nullif(coalesce(obj_description(x.oid, 'pg_extension'), ''), coalesce(a.comment, '')) AS comment
FROM pg_extension AS x
INNER JOIN pg_namespace AS n ON x.extnamespace = n.oid
LEFT JOIN pg_available_extensions() AS a ON x.extname = a.name
WHERE x.oid >= 16384
