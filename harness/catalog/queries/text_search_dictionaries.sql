-- Text search dictionaries.
SELECT
    'text search dictionary' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(d.dictname) AS name,
    quote_ident(n.nspname) AS schema,
    d.dictowner::regrole::text AS owner,
    obj_description(d.oid, 'pg_ts_dict') AS comment,
    quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname) AS template,
    d.dictinitoption AS options
FROM pg_ts_dict AS d
INNER JOIN pg_namespace AS n ON d.dictnamespace = n.oid
INNER JOIN pg_ts_template AS t ON d.dicttemplate = t.oid
INNER JOIN pg_namespace AS tn ON t.tmplnamespace = tn.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_ts_dict'::regclass AND e.objid = d.oid AND e.deptype = 'e'
    )
