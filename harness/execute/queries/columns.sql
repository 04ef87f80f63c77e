-- The stored shape of the columns of tables: what a rewrite changes and what explains it.
SELECT
    a.attrelid AS oid,
    pg_catalog.string_agg(
        a.attnum || ' ' || a.atttypid || ' ' || a.atttypmod || ' ' || a.attcollation, ','
        ORDER BY a.attnum
    ) AS shape
FROM pg_catalog.pg_attribute AS a
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid >= 16384
GROUP BY a.attrelid
