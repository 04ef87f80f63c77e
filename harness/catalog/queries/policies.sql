-- Row-level security policies.
SELECT
    c.oid AS unit,
    'policy' AS kind,
    c.oid::regclass::text || '.' || quote_ident(p.polname) AS name,
    quote_ident(n.nspname) AS schema,
    'table' AS parent_kind,
    c.oid::regclass::text AS parent,
    CASE p.polcmd
        WHEN 'r' THEN 'select'
        WHEN 'a' THEN 'insert'
        WHEN 'w' THEN 'update'
        WHEN 'd' THEN 'delete'
        ELSE 'all'
    END AS command,
    CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END AS mode,
    (
        SELECT
            string_agg(
                CASE r.role WHEN 0 THEN 'PUBLIC' ELSE r.role::regrole::text END, ', '
                ORDER BY r.role::regrole::text COLLATE "C"
            )
        FROM unnest(p.polroles) AS r (role)
    ) AS roles,
    pg_get_expr(p.polqual, p.polrelid) AS "using",
    pg_get_expr(p.polwithcheck, p.polrelid) AS "with check",
    said.description AS comment
FROM pg_policy AS p
INNER JOIN pg_class AS c ON p.polrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_description AS said
    ON p.oid = said.objoid AND said.classoid = 'pg_policy'::regclass AND said.objsubid = 0
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
