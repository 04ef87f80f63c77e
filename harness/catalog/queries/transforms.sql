-- Transforms between a type and a language.
SELECT
    'transform' AS kind,
    'FOR ' || format_type(t.trftype, NULL) || ' LANGUAGE ' || quote_ident(l.lanname) AS name,
    obj_description(t.oid, 'pg_transform') AS comment,
    nullif(t.trffromsql, 0)::regprocedure::text AS "from sql",
    nullif(t.trftosql, 0)::regprocedure::text AS "to sql"
FROM pg_transform AS t
INNER JOIN pg_language AS l ON t.trflang = l.oid
WHERE
    t.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_transform'::regclass AND e.objid = t.oid AND e.deptype = 'e'
    )
