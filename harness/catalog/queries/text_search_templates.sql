-- Text search templates.
SELECT
    'text search template' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(t.tmplname) AS name,
    quote_ident(n.nspname) AS schema,
    obj_description(t.oid, 'pg_ts_template') AS comment,
    nullif(t.tmplinit, 0)::regproc::text AS init,
    t.tmpllexize::text AS "lexize"
FROM pg_ts_template AS t
INNER JOIN pg_namespace AS n ON t.tmplnamespace = n.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_ts_template'::regclass AND e.objid = t.oid AND e.deptype = 'e'
    )
