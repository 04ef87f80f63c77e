-- User mappings of foreign servers.
SELECT
    'user mapping' AS kind,
    CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE m.umuser::regrole::text END
    || ' SERVER ' || quote_ident(s.srvname) AS name,
    'server' AS parent_kind,
    quote_ident(s.srvname) AS parent,
    CASE WHEN m.umoptions IS NOT NULL THEN (
        SELECT
            string_agg(
                quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                ORDER BY o.option_name COLLATE "C"
            )
        FROM pg_options_to_table(m.umoptions) AS o
    ) END AS "foreign options"
FROM pg_user_mapping AS m
INNER JOIN pg_foreign_server AS s ON m.umserver = s.oid
WHERE
    TRUE
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_foreign_server'::regclass AND e.objid = s.oid AND e.deptype = 'e'
    )
