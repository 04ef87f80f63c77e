-- Access methods for tables and indexes.
SELECT
    'access method' AS kind,
    quote_ident(a.amname) AS name,
    obj_description(a.oid, 'pg_am') AS comment,
    CASE a.amtype WHEN 't' THEN 'table' ELSE 'index' END AS type,
    a.amhandler::text AS handler
FROM pg_am AS a
WHERE
    a.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_am'::regclass AND e.objid = a.oid AND e.deptype = 'e'
    )
