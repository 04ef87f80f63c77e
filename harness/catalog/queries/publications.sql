-- Publications with what they publish.
SELECT
    'publication' AS kind,
    quote_ident(p.pubname) AS name,
    p.pubowner::regrole::text AS owner,
    obj_description(p.oid, 'pg_publication') AS comment,
    CASE WHEN p.puballtables THEN 'yes' END AS "all tables",
    concat_ws(
        ', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END
    ) AS operations,
    CASE WHEN p.pubviaroot THEN 'yes' END AS "via root",
    -- since PostgreSQL 18
    nullif(to_jsonb(p) ->> 'pubgencols', 'n') AS "generated columns",
    (
        SELECT
            string_agg(
                r.prrelid::regclass::text
                || coalesce(' (' || (
                    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                    FROM pg_attribute AS a
                    WHERE a.attrelid = r.prrelid AND a.attnum = ANY(r.prattrs::int2[])
                ) || ')', '')
                || coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', ''),
                E'\n' ORDER BY r.prrelid::regclass::text COLLATE "C"
            )
        FROM pg_publication_rel AS r
        WHERE r.prpubid = p.oid
    ) AS tables,
    (
        SELECT string_agg(s.pnnspid::regnamespace::text, E'\n' ORDER BY s.pnnspid::regnamespace::text COLLATE "C")
        FROM pg_publication_namespace AS s
        WHERE s.pnpubid = p.oid
    ) AS schemas
FROM pg_publication AS p
WHERE
    p.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_publication'::regclass AND e.objid = p.oid AND e.deptype = 'e'
    )
