-- Indexes that back no constraint.
SELECT
    c.oid AS unit,
    'index' AS kind,
    ic.oid::regclass::text AS name,
    quote_ident(n.nspname) AS schema,
    CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'table' END AS parent_kind,
    c.oid::regclass::text AS parent,
    pg_get_indexdef(ic.oid) AS definition,
    CASE WHEN i.indisvalid THEN 'yes' ELSE 'no' END AS valid,
    CASE WHEN i.indisclustered THEN 'yes' END AS clustered,
    quote_ident(s.spcname) AS tablespace,
    h.inhparent::regclass::text AS "partition of",
    (
        SELECT string_agg(a.attnum || ' = ' || a.attstattarget, E'\n' ORDER BY a.attnum)
        FROM pg_attribute AS a
        WHERE a.attrelid = ic.oid AND a.attstattarget >= 0
    ) AS statistics,
    said.description AS comment,
    needed.extensions AS "depends on extension"
FROM pg_index AS i
INNER JOIN pg_class AS ic ON i.indexrelid = ic.oid
INNER JOIN pg_class AS c ON i.indrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_tablespace AS s ON ic.reltablespace = s.oid
LEFT JOIN pg_inherits AS h ON ic.oid = h.inhrelid
LEFT JOIN pg_description AS said
    ON ic.oid = said.objoid AND said.classoid = 'pg_class'::regclass AND said.objsubid = 0
LEFT JOIN (
    SELECT d.objid, string_agg(quote_ident(x.extname), ', ' ORDER BY x.extname) AS extensions
    FROM pg_depend AS d INNER JOIN pg_extension AS x ON d.refobjid = x.oid
    WHERE
        d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x'
    GROUP BY d.objid
) AS needed ON ic.oid = needed.objid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_constraint AS k
        WHERE k.conindid = ic.oid AND k.contype IN ('p', 'u', 'x')
    )
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
