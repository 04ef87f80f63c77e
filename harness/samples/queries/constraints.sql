-- Checks, foreign keys, keys and partial predicates of the tables, as far as values obey them.
SELECT
    k.conrelid AS table_oid,
    k.contype::text AS kind,
    k.conname AS name,
    ARRAY(
        SELECT a.attname::text
        FROM unnest(k.conkey) WITH ORDINALITY AS u (number, place)
        INNER JOIN pg_catalog.pg_attribute AS a
            ON a.attrelid = k.conrelid AND a.attnum = u.number
        ORDER BY u.place
    ) AS columns,
    CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS expression,
    CASE WHEN k.contype = 'f' THEN k.confrelid END AS parent_oid,
    ARRAY(
        SELECT a.attname::text
        FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place)
        INNER JOIN pg_catalog.pg_attribute AS a
            ON a.attrelid = k.confrelid AND a.attnum = u.number
        ORDER BY u.place
    ) AS parent_columns,
    k.condeferrable AS "deferrable",
    k.confmatchtype = 'f' AS match_full
FROM pg_catalog.pg_constraint AS k
WHERE
    k.conrelid = ANY(%(tables)s::oid[])
    AND k.conparentid = 0
    AND k.contype IN ('c', 'f')
UNION ALL
-- Every column that a unique or exclusion index looks at, its expressions' columns included.
SELECT
    i.indrelid AS table_oid,
    'd' AS kind,
    c.relname AS name,
    ARRAY(
        SELECT a.attname::text
        FROM pg_catalog.pg_attribute AS a
        WHERE
            a.attrelid = i.indrelid
            AND (
                a.attnum = ANY(i.indkey)
                OR EXISTS (
                    SELECT 1
                    FROM pg_catalog.pg_depend AS d
                    WHERE d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum
                )
            )
    ) AS columns,
    NULL AS expression,
    NULL AS parent_oid,
    '{}' AS parent_columns,
    FALSE AS "deferrable",
    FALSE AS match_full
FROM pg_catalog.pg_index AS i
INNER JOIN pg_catalog.pg_class AS c ON i.indexrelid = c.oid
WHERE
    i.indrelid = ANY(%(tables)s::oid[])
    AND (i.indisunique OR i.indisexclusion)
UNION ALL
SELECT
    i.indrelid AS table_oid,
    CASE WHEN i.indisunique AND i.indpred IS NULL THEN 'u' ELSE 'i' END AS kind,
    c.relname AS name,
    ARRAY(
        SELECT a.attname::text
        FROM generate_series(0, i.indnkeyatts - 1) AS place
        INNER JOIN pg_catalog.pg_attribute AS a
            ON a.attrelid = i.indrelid AND a.attnum = i.indkey[place]
        ORDER BY place
    ) AS columns,
    pg_get_expr(i.indpred, i.indrelid) AS expression,
    NULL AS parent_oid,
    '{}' AS parent_columns,
    FALSE AS "deferrable",
    FALSE AS match_full
FROM pg_catalog.pg_index AS i
INNER JOIN pg_catalog.pg_class AS c ON i.indexrelid = c.oid
WHERE
    i.indrelid = ANY(%(tables)s::oid[])
    AND (i.indpred IS NOT NULL OR (i.indisunique AND i.indexprs IS NULL))
ORDER BY table_oid, kind, name;
