-- The leaves of each partitioned table with the bounds of every level above them.
SELECT
    root.oid AS table_oid,
    leaf.oid AS leaf_oid,
    array_agg(
        coalesce(pg_get_partkeydef(parent.oid), '')
        ORDER BY tree.level DESC
    ) AS keys,
    array_agg(pg_get_expr(step.relpartbound, step.oid) ORDER BY tree.level DESC) AS bounds
FROM unnest(%(tables)s::oid[]) AS root (oid)
CROSS JOIN LATERAL pg_partition_tree(root.oid) AS leaf_of
INNER JOIN pg_catalog.pg_class AS leaf ON leaf_of.relid = leaf.oid
CROSS JOIN LATERAL (
    SELECT
        a.relid,
        row_number() OVER () AS level
    FROM pg_partition_ancestors(leaf.oid) AS a
) AS tree
INNER JOIN pg_catalog.pg_class AS step ON tree.relid = step.oid
INNER JOIN pg_catalog.pg_inherits AS link ON step.oid = link.inhrelid
INNER JOIN pg_catalog.pg_class AS parent ON link.inhparent = parent.oid
WHERE leaf_of.isleaf AND leaf.relispartition
GROUP BY root.oid, leaf.oid, leaf.relname
ORDER BY root.oid, leaf.relname;
