-- Casts; the one from a range to its multirange follows from the type.
SELECT
    'cast' AS kind,
    '(' || format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL) || ')' AS name,
    obj_description(c.oid, 'pg_cast') AS comment,
    CASE c.castmethod
        WHEN 'i' THEN 'with inout'
        WHEN 'b' THEN 'without function'
        ELSE 'with function ' || c.castfunc::regprocedure::text
    END AS method,
    CASE c.castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' ELSE 'explicit' END AS context
FROM pg_cast AS c
WHERE
    c.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_range AS r
        WHERE c.castsource = r.rngtypid AND c.casttarget = r.rngmultitypid
    )
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_cast'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
