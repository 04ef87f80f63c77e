-- Tables that hold rows of their own: ordinary and partitioned ones, no partitions.
SELECT
    c.oid,
    format('%%I.%%I', n.nspname, c.relname) AS name
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    c.relkind IN ('r', 'p')
    AND NOT c.relispartition
    AND c.relpersistence <> 't'
    AND n.nspname <> 'information_schema'
    AND n.nspname !~ '^pg_'
    AND NOT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_depend AS d
        WHERE
            d.classid = 'pg_catalog.pg_class'::regclass
            AND d.objid = c.oid
            AND d.deptype = 'e'
    )
    AND (%(names)s::text[] IS NULL OR format('%%I.%%I', n.nspname, c.relname) = ANY(%(names)s::text[]))
ORDER BY name;
