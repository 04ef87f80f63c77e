-- What creates each function and procedure again, for its language's validator to judge.
SELECT
    CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
    p.oid::regprocedure::text AS name,
    pg_get_functiondef(p.oid) AS definition,
    l.lanname AS language,
    p.prorettype = 'trigger'::regtype AS for_triggers,
    p.prorettype = 'event_trigger'::regtype AS for_events,
    p.oid AS oid
FROM pg_proc AS p
INNER JOIN pg_namespace AS n ON p.pronamespace = n.oid
INNER JOIN pg_language AS l ON p.prolang = l.oid
WHERE
    p.prokind IN ('f', 'p') AND l.lanname IN ('sql', 'plpgsql')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e'
    )
ORDER BY name
