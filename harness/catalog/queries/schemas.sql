-- Schemas of the database, with PostgreSQL's own left out.
SELECT
    'schema' AS kind,
    quote_ident(n.nspname) AS name,
    n.nspowner::regrole::text AS owner,
    obj_description(n.oid, 'pg_namespace') AS comment,
    coalesce(n.nspacl, acldefault('n', n.nspowner))::text[] AS grants
FROM pg_namespace AS n
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid AND e.deptype = 'e'
    )
