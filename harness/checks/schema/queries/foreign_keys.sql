-- Foreign keys with their columns in order; the copies on partitions follow from their parent's.
SELECT
    c.oid::regclass::text AS relation,
    quote_ident(k.conname) AS name,
    ARRAY(
        SELECT quote_ident(a.attname)
        FROM unnest(k.conkey) WITH ORDINALITY AS u (number, place)
        INNER JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = u.number
        ORDER BY u.place
    ) AS columns,
    k.confrelid::regclass::text AS parent,
    ARRAY(
        SELECT quote_ident(a.attname)
        FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place)
        INNER JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = u.number
        ORDER BY u.place
    ) AS parent_columns
FROM pg_constraint AS k
INNER JOIN pg_class AS c ON k.conrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    k.contype = 'f' AND k.conparentid = 0
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
ORDER BY relation, name
