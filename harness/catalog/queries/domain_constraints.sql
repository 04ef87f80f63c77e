-- Check constraints of domains.
SELECT
    'domain constraint' AS kind,
    format_type(t.oid, NULL) || '.' || quote_ident(k.conname) AS name,
    quote_ident(n.nspname) AS schema,
    'domain' AS parent_kind,
    format_type(t.oid, NULL) AS parent,
    regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') AS definition,
    CASE WHEN k.convalidated THEN 'yes' ELSE 'no' END AS validated,
    obj_description(k.oid, 'pg_constraint') AS comment
FROM pg_constraint AS k
INNER JOIN pg_type AS t ON k.contypid = t.oid
INNER JOIN pg_namespace AS n ON t.typnamespace = n.oid
WHERE
    k.contype = 'c'
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e'
    )
