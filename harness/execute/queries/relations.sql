-- Every relation outside of the system's schemas, with what an observer compares later.
-- "belongs_to" is the table of an index, the table of a TOAST table, the table of its index.
SELECT
    c.oid,
    c.relkind AS kind,
    n.nspname AS schema,
    c.relname AS name,
    pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS qualified,
    c.relfilenode AS file,
    coalesce(i.indrelid, owner.oid, 0) AS belongs_to,
    CASE WHEN c.relispartition THEN h.inhparent ELSE 0 END AS partition_of,
    c.relkind IN ('r', 'm') AND pg_catalog.pg_relation_size(c.oid) > 0 AS has_blocks,
    c.relpersistence AS persistence,
    c.relam AS method
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_catalog.pg_index AS i ON c.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_class AS owner ON c.relkind = 't' AND c.oid = owner.reltoastrelid
LEFT JOIN pg_catalog.pg_inherits AS h ON c.relispartition AND c.oid = h.inhrelid
WHERE
    c.oid >= 16384
    AND c.relkind <> 'c'
    AND n.nspname <> 'information_schema'
    AND n.nspname NOT LIKE 'pg\_temp\_%'
    AND n.nspname NOT LIKE 'pg\_toast\_temp\_%'
