-- Partitioned tables with their keys, and each direct partition's bounds.
SELECT
    parent.oid::regclass::text AS parent,
    CASE p.partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' ELSE 'hash' END AS strategy,
    ARRAY(
        SELECT CASE WHEN u.number = 0 THEN '' ELSE quote_ident(a.attname) END
        FROM unnest(p.partattrs) WITH ORDINALITY AS u (number, place)
        LEFT JOIN pg_attribute AS a ON a.attrelid = parent.oid AND a.attnum = u.number
        ORDER BY u.place
    ) AS keys,
    (
        SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute AS a
        WHERE a.attrelid = parent.oid AND a.attnum = p.partattrs[0]
    ) AS key_type,
    child.oid::regclass::text AS partition,
    pg_get_expr(child.relpartbound, child.oid) AS bounds,
    child.oid = p.partdefid AS is_default
FROM pg_partitioned_table AS p
INNER JOIN pg_class AS parent ON p.partrelid = parent.oid
INNER JOIN pg_namespace AS n ON parent.relnamespace = n.oid
LEFT JOIN pg_inherits AS i ON parent.oid = i.inhparent
LEFT JOIN pg_class AS child ON i.inhrelid = child.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = parent.oid AND e.deptype = 'e'
    )
ORDER BY parent, partition
