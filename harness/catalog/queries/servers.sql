-- Foreign servers.
SELECT
    'server' AS kind,
    quote_ident(s.srvname) AS name,
    s.srvowner::regrole::text AS owner,
    coalesce(s.srvacl, acldefault('S', s.srvowner))::text[] AS grants,
    obj_description(s.oid, 'pg_foreign_server') AS comment,
    quote_ident(f.fdwname) AS wrapper,
    s.srvtype AS type,
    s.srvversion AS version,
    CASE WHEN s.srvoptions IS NOT NULL THEN (
        SELECT
            string_agg(
                quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                ORDER BY o.option_name COLLATE "C"
            )
        FROM pg_options_to_table(s.srvoptions) AS o
    ) END AS "foreign options"
FROM pg_foreign_server AS s
INNER JOIN pg_foreign_data_wrapper AS f ON s.srvfdw = f.oid
WHERE
    s.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_foreign_server'::regclass AND e.objid = s.oid AND e.deptype = 'e'
    )
