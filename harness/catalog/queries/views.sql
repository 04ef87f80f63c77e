-- Views and materialized views.
SELECT
    c.oid AS unit,
    CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS kind,
    c.oid::regclass::text AS name,
    quote_ident(n.nspname) AS schema,
    c.relowner::regrole::text AS owner,
    coalesce(c.relacl, acldefault('r', c.relowner))::text[] AS grants,
    obj_description(c.oid, 'pg_class') AS comment,
    rtrim(pg_get_viewdef(c.oid), ';') AS definition,
    (
        SELECT string_agg(o.option, E'\n' ORDER BY o.option COLLATE "C")
        FROM (
            SELECT unnest(c.reloptions)
            UNION ALL
            SELECT 'toast.' || unnest(toast.reloptions)
        ) AS o (option)
    ) AS options,
    quote_ident(s.spcname) AS tablespace,
    CASE WHEN am.amname <> 'heap' THEN quote_ident(am.amname) END AS "access method",
    needed.extensions AS "depends on extension"
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_class AS toast ON c.reltoastrelid = toast.oid
LEFT JOIN pg_tablespace AS s ON c.reltablespace = s.oid
LEFT JOIN pg_am AS am ON c.relam = am.oid
LEFT JOIN (
    SELECT d.objid, string_agg(quote_ident(x.extname), ', ' ORDER BY x.extname) AS extensions
    FROM pg_depend AS d INNER JOIN pg_extension AS x ON d.refobjid = x.oid
    WHERE
        d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x'
    GROUP BY d.objid
) AS needed ON c.oid = needed.objid
WHERE
    c.relkind IN ('v', 'm')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
