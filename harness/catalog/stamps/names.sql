-- What other objects' definitions may say of a unit (see units.sql), by what it is the name of. Where
-- one of these names changes, any definition may.
SELECT
    'r' AS family,
    coalesce(i.indrelid, c.oid) AS unit,
    'relation ' || c.oid AS of,
    c.relnamespace || ' ' || c.relname AS name
FROM pg_class AS c
LEFT JOIN pg_index AS i ON c.oid = i.indexrelid
WHERE
    c.oid >= 16384
    -- of: AND coalesce(i.indrelid, c.oid) = ANY($1::oid[])
UNION ALL
SELECT 'r', a.attrelid, 'column ' || a.attnum, a.attname
FROM pg_attribute AS a INNER JOIN pg_class AS c ON a.attrelid = c.oid
WHERE
    a.attrelid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
    -- of: AND a.attrelid = ANY($1::oid[])
UNION ALL
SELECT
    'f',
    p.oid,
    'signature',
    (p.pronamespace, p.proname, p.prokind, p.proargtypes, p.proallargtypes, p.proargmodes, p.proargnames)::text
    || (p.prorettype, p.proretset, p.provariadic)::text
FROM pg_proc AS p
WHERE
    p.oid >= 16384
    -- of: AND p.oid = ANY($1::oid[])
UNION ALL
SELECT 's', n.oid, 'schema', n.nspname FROM pg_namespace AS n
