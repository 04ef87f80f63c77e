-- Collations. The version of the library that they were made with is a fact of the machine.
SELECT
    'collation' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(c.collname) AS name,
    quote_ident(n.nspname) AS schema,
    c.collowner::regrole::text AS owner,
    obj_description(c.oid, 'pg_collation') AS comment,
    CASE c.collprovider
        WHEN 'c' THEN 'libc'
        WHEN 'i' THEN 'icu'
        WHEN 'b' THEN 'builtin'
        ELSE 'default'
    END AS provider,
    c.collcollate AS "collate",
    c.collctype AS "character type",
    -- PostgreSQL 17 renamed the column of 16.
    coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale') AS locale,
    c.collicurules AS rules,
    CASE WHEN NOT c.collisdeterministic THEN 'no' END AS deterministic
FROM pg_collation AS c
INNER JOIN pg_namespace AS n ON c.collnamespace = n.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_collation'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
