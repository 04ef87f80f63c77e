-- Columns that take a value: generated and identity columns get theirs from the server.
SELECT
    a.attrelid AS table_oid,
    a.attname AS name,
    a.attnum AS number,
    a.atttypid AS type_oid,
    a.atttypmod AS modifier,
    a.attnotnull AS required,
    a.attgenerated <> '' AS generated,
    a.attgenerated = '' AND (
        a.attidentity <> ''
        OR coalesce(pg_get_expr(d.adbin, d.adrelid), '') LIKE 'nextval(%%'
    ) AS numbered,
    CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS expression
FROM pg_catalog.pg_attribute AS a
LEFT JOIN pg_catalog.pg_attrdef AS d
    ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE
    a.attrelid = ANY(%(tables)s::oid[])
    AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum;
