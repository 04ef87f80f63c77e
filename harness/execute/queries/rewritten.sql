-- A table whose file was replaced, as it is now, column by column, for the sentence that says why.
SELECT
    a.attnum AS number,
    pg_catalog.quote_ident(a.attname) AS name,
    a.atttypid AS type,
    a.atttypmod AS modifier,
    a.attcollation AS collation,
    pg_catalog.format_type(a.atttypid, a.atttypmod) AS type_name,
    CASE a.attgenerated WHEN 's' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS generated,
    t.typtype = 'd' AS is_domain,
    a.attidentity <> '' AS identity,
    CASE a.attgenerated WHEN '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS preset,
    c.relpersistence AS persistence,
    c.relam AS method,
    pg_catalog.pg_relation_size(c.oid) = 0 AS emptied
FROM pg_catalog.pg_class AS c
LEFT JOIN pg_catalog.pg_attribute AS a
    ON c.oid = a.attrelid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_type AS t ON a.atttypid = t.oid
LEFT JOIN pg_catalog.pg_attrdef AS d ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE c.oid = %(oid)s
ORDER BY a.attnum
