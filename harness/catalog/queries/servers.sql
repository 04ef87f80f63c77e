-- Foreign servers.
SELECT
    'server' AS kind,
    quote_ident(s.srvname) AS name,
    s.srvowner::regrole::text AS owner,
    coalesce(s.srvacl, acldefault('S', s.srvowner))::text [] AS grants,
    obj_description(s.oid, 'pg_foreign_server') AS comment,
    quote_ident(f.fdwname) AS wrapper,
    s.srvtype AS type,
    s.srvversion AS version,
    array_to_string(s.srvoptions, E'\n') AS "foreign options"
FROM pg_foreign_server AS s
INNER JOIN pg_foreign_data_wrapper AS f ON s.srvfdw = f.oid
WHERE
    s.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_foreign_server'::regclass AND e.objid = s.oid AND e.deptype = 'e'
    )
