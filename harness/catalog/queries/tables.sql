-- Tables: ordinary, partitioned, partitions and foreign ones.
SELECT
    c.oid AS unit,
    CASE c.relkind WHEN 'f' THEN 'foreign table' ELSE 'table' END AS kind,
    c.oid::regclass::text AS name,
    quote_ident(n.nspname) AS schema,
    CASE WHEN c.relispartition THEN 'table' END AS parent_kind,
    CASE WHEN c.relispartition THEN h.parents END AS parent,
    c.relowner::regrole::text AS owner,
    coalesce(c.relacl, acldefault('r', c.relowner))::text[] AS grants,
    said.description AS comment,
    CASE c.relpersistence WHEN 'u' THEN 'unlogged' END AS persistence,
    CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS "of type",
    CASE WHEN NOT c.relispartition THEN h.parents END AS inherits,
    CASE WHEN c.relispartition THEN h.parents END AS "partition of",
    pg_get_expr(c.relpartbound, c.oid) AS bounds,
    CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END AS "partition by",
    (
        SELECT string_agg(o.option, E'\n' ORDER BY o.option COLLATE "C")
        FROM (
            SELECT unnest(c.reloptions)
            UNION ALL
            SELECT 'toast.' || unnest(toast.reloptions)
        ) AS o (option)
    ) AS options,
    quote_ident(s.spcname) AS tablespace,
    CASE WHEN am.amname <> 'heap' OR c.relkind = 'p' THEN quote_ident(am.amname) END AS "access method",
    CASE
        WHEN c.relkind = 'f' THEN NULL
        WHEN c.relreplident = 'n' THEN 'nothing'
        WHEN c.relreplident = 'f' THEN 'full'
        WHEN c.relreplident = 'i' THEN (
            SELECT 'index ' || quote_ident(ic.relname)
            FROM pg_index AS i INNER JOIN pg_class AS ic ON i.indexrelid = ic.oid
            WHERE i.indrelid = c.oid AND i.indisreplident
        )
    END AS "replica identity",
    CASE
        WHEN c.relrowsecurity AND c.relforcerowsecurity THEN 'forced'
        WHEN c.relrowsecurity THEN 'enabled'
        WHEN c.relforcerowsecurity THEN 'forced when enabled'
    END AS "row security",
    quote_ident(fs.srvname) AS server,
    CASE WHEN f.ftoptions IS NOT NULL THEN (
        SELECT
            string_agg(
                quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                ORDER BY o.option_name COLLATE "C"
            )
        FROM pg_options_to_table(f.ftoptions) AS o
    ) END AS "foreign options"
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_class AS toast ON c.reltoastrelid = toast.oid
LEFT JOIN pg_tablespace AS s ON c.reltablespace = s.oid
LEFT JOIN pg_am AS am ON c.relam = am.oid
LEFT JOIN pg_foreign_table AS f ON c.oid = f.ftrelid
LEFT JOIN pg_foreign_server AS fs ON f.ftserver = fs.oid
LEFT JOIN (
    SELECT
        i.inhrelid,
        string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) AS parents
    FROM pg_inherits AS i
    GROUP BY i.inhrelid
) AS h ON c.oid = h.inhrelid
LEFT JOIN pg_description AS said
    ON c.oid = said.objoid AND said.classoid = 'pg_class'::regclass AND said.objsubid = 0
WHERE
    c.relkind IN ('r', 'p', 'f')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
