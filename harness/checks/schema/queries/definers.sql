-- SECURITY DEFINER functions that a role may call, with the types of the arguments they need.
SELECT
    r.role_name,
    p.oid::regprocedure::text AS name,
    p.oid::regproc::text AS called,
    ARRAY(
        SELECT format_type(t.oid, NULL)
        FROM unnest(p.proargtypes) WITH ORDINALITY AS t (oid, place)
        WHERE t.place <= p.pronargs - p.pronargdefaults
        ORDER BY t.place
    ) AS arguments
FROM unnest(%(roles)s::text[]) AS r (role_name)
CROSS JOIN pg_proc AS p
INNER JOIN pg_namespace AS n ON p.pronamespace = n.oid
WHERE
    p.prosecdef AND p.prokind = 'f'
    AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND has_schema_privilege(r.role_name, n.oid, 'USAGE')
    AND has_function_privilege(r.role_name, p.oid, 'EXECUTE')
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e'
    )
ORDER BY r.role_name, name
