-- Triggers, constraint triggers included; the copies on partitions only where their state is their own.
SELECT
    c.oid AS unit,
    'trigger' AS kind,
    c.oid::regclass::text || '.' || quote_ident(g.tgname) AS name,
    quote_ident(n.nspname) AS schema,
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'f' THEN 'foreign table' ELSE 'table' END AS parent_kind,
    c.oid::regclass::text AS parent,
    pg_get_triggerdef(g.oid) AS definition,
    CASE g.tgenabled
        WHEN 'D' THEN 'disabled'
        WHEN 'R' THEN 'replica'
        WHEN 'A' THEN 'always'
        ELSE 'enabled'
    END AS state,
    CASE WHEN pg.oid IS NOT NULL THEN pg.tgrelid::regclass::text || '.' || quote_ident(pg.tgname) END
        AS "partition of",
    obj_description(g.oid, 'pg_trigger') AS comment,
    needed.extensions AS "depends on extension"
FROM pg_trigger AS g
INNER JOIN pg_class AS c ON g.tgrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_trigger AS pg ON g.tgparentid = pg.oid
LEFT JOIN (
    SELECT d.objid, string_agg(quote_ident(x.extname), ', ' ORDER BY x.extname) AS extensions
    FROM pg_depend AS d INNER JOIN pg_extension AS x ON d.refobjid = x.oid
    WHERE
        d.classid = 'pg_trigger'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x'
    GROUP BY d.objid
) AS needed ON g.oid = needed.objid
WHERE
    ((pg.oid IS NULL AND NOT g.tgisinternal) OR (NOT pg.tgisinternal AND g.tgenabled <> pg.tgenabled))
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
