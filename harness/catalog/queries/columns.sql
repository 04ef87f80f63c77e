-- Columns of tables, foreign tables, views and materialized views; attributes of composite types.
SELECT
    c.oid AS unit,
    CASE c.relkind WHEN 'c' THEN 'attribute' ELSE 'column' END AS kind,
    c.oid::regclass::text || '.' || quote_ident(a.attname) AS name,
    quote_ident(n.nspname) AS schema,
    CASE c.relkind
        WHEN 'v' THEN 'view'
        WHEN 'm' THEN 'materialized view'
        WHEN 'f' THEN 'foreign table'
        WHEN 'c' THEN 'type'
        ELSE 'table'
    END AS parent_kind,
    c.oid::regclass::text AS parent,
    (row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum))::text AS position,
    format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation,
    CASE a.attgenerated WHEN '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "default",
    CASE a.attgenerated
        WHEN 's' THEN pg_get_expr(d.adbin, d.adrelid) || ' STORED'
        WHEN 'v' THEN pg_get_expr(d.adbin, d.adrelid) || ' VIRTUAL'
    END AS generated,
    CASE
        -- PostgreSQL 17 passes it on to partitions, 16 does not.
        WHEN c.relispartition AND a.attinhcount > 0 THEN NULL
        WHEN a.attidentity = 'a' THEN 'always'
        WHEN a.attidentity = 'd' THEN 'by default'
    END AS identity,
    CASE
        WHEN NOT a.attnotnull THEN NULL
        WHEN k.connoinherit THEN 'no inherit'
        WHEN NOT k.convalidated THEN 'not validated'
        ELSE 'yes'
    END AS "not null",
    CASE WHEN k.oid IS NOT NULL THEN obj_description(k.oid, 'pg_constraint') END AS "not null comment",
    CASE
        WHEN a.attstorage = t.typstorage THEN NULL
        WHEN a.attstorage = 'p' THEN 'plain'
        WHEN a.attstorage = 'e' THEN 'external'
        WHEN a.attstorage = 'x' THEN 'extended'
        WHEN a.attstorage = 'm' THEN 'main'
    END AS storage,
    CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
    nullif(a.attstattarget, -1)::text AS statistics,
    CASE WHEN a.attoptions IS NOT NULL THEN (
        SELECT string_agg(o.option, E'\n' ORDER BY o.option COLLATE "C")
        FROM unnest(a.attoptions) AS o (option)
    ) END AS options,
    CASE WHEN a.attfdwoptions IS NOT NULL THEN (
        SELECT
            string_agg(
                quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                ORDER BY o.option_name COLLATE "C"
            )
        FROM pg_options_to_table(a.attfdwoptions) AS o
    ) END AS "foreign options",
    CASE
        WHEN a.attinhcount = 0 OR c.relispartition THEN NULL
        WHEN a.attislocal THEN 'and local'
        ELSE 'yes'
    END AS inherited,
    said.description AS comment,
    a.attacl::text[] AS grants,
    c.relowner::regrole::text AS "owner of parent"
FROM pg_attribute AS a
INNER JOIN pg_class AS c ON a.attrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
INNER JOIN pg_type AS t ON a.atttypid = t.oid
LEFT JOIN pg_attrdef AS d ON a.attrelid = d.adrelid AND a.attnum = d.adnum
LEFT JOIN pg_description AS said
    ON c.oid = said.objoid AND said.classoid = 'pg_class'::regclass AND said.objsubid = a.attnum
-- PostgreSQL 18 stores NOT NULL as a constraint; earlier ones have no such row.
LEFT JOIN pg_constraint AS k
    ON a.attrelid = k.conrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
WHERE
    c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
    AND a.attnum > 0 AND NOT a.attisdropped
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE
            e.classid = 'pg_type'::regclass AND e.objid = c.reltype AND e.deptype = 'e'
            AND c.relkind = 'c'
    )
