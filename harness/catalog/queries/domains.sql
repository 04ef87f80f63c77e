-- Domains.
SELECT
    'domain' AS kind,
    format_type(t.oid, NULL) AS name,
    quote_ident(n.nspname) AS schema,
    t.typowner::regrole::text AS owner,
    coalesce(t.typacl, acldefault('T', t.typowner))::text[] AS grants,
    obj_description(t.oid, 'pg_type') AS comment,
    format_type(t.typbasetype, t.typtypmod) AS type,
    CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END AS collation,
    coalesce(pg_get_expr(t.typdefaultbin, 'pg_type'::regclass), t.typdefault) AS "default",
    CASE WHEN t.typnotnull THEN 'yes' END AS "not null"
FROM pg_type AS t
INNER JOIN pg_namespace AS n ON t.typnamespace = n.oid
INNER JOIN pg_type AS b ON t.typbasetype = b.oid
WHERE
    t.typtype = 'd'
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e'
    )
