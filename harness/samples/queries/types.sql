-- Every type that the tables' columns are made of, down to base types.
WITH RECURSIVE used (oid) AS (
    SELECT a.atttypid
    FROM pg_catalog.pg_attribute AS a
    WHERE
        a.attrelid = ANY(%(tables)s::oid[])
        AND a.attnum > 0
        AND NOT a.attisdropped
    UNION
    SELECT part.oid
    FROM used
    INNER JOIN pg_catalog.pg_type AS t ON used.oid = t.oid
    CROSS JOIN LATERAL (
        SELECT t.typbasetype AS oid
        WHERE t.typtype = 'd'
        UNION ALL
        SELECT t.typelem
        WHERE t.typsubscript = 'array_subscript_handler'::regproc
        UNION ALL
        SELECT r.rngsubtype
        FROM pg_catalog.pg_range AS r
        WHERE r.rngtypid = t.oid
        UNION ALL
        SELECT r.rngtypid
        FROM pg_catalog.pg_range AS r
        WHERE r.rngmultitypid = t.oid
        UNION ALL
        SELECT a.atttypid
        FROM pg_catalog.pg_attribute AS a
        WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    ) AS part
)

SELECT
    t.oid,
    format_type(t.oid, -1) AS name,
    t.typname AS short_name,
    t.typtype::text AS form,
    t.typcategory::text AS category,
    nullif(t.typbasetype, 0) AS base,
    t.typtypmod AS modifier,
    t.typnotnull AS required,
    CASE WHEN t.typsubscript = 'array_subscript_handler'::regproc THEN t.typelem END AS element,
    coalesce(r.rngsubtype, m.rngtypid) AS subtype,
    ARRAY(
        SELECT e.enumlabel::text
        FROM pg_catalog.pg_enum AS e
        WHERE e.enumtypid = t.oid
        ORDER BY e.enumsortorder
    ) AS labels,
    ARRAY(
        SELECT ARRAY[a.atttypid::bigint, a.atttypmod::bigint]
        FROM pg_catalog.pg_attribute AS a
        WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
    ) AS fields,
    ARRAY(
        SELECT pg_get_expr(k.conbin, 0)
        FROM pg_catalog.pg_constraint AS k
        WHERE k.contypid = t.oid AND k.contype = 'c'
        ORDER BY k.conname
    ) AS checks
FROM used
INNER JOIN pg_catalog.pg_type AS t ON used.oid = t.oid
LEFT JOIN pg_catalog.pg_range AS r ON t.oid = r.rngtypid
LEFT JOIN pg_catalog.pg_range AS m ON t.oid = m.rngmultitypid
ORDER BY t.oid;
