-- Operators; those that are only promised (a commutator not yet made) have no function and are left out.
SELECT
    'operator' AS kind,
    o.oid::regoperator::text AS name,
    quote_ident(n.nspname) AS schema,
    o.oprowner::regrole::text AS owner,
    obj_description(o.oid, 'pg_operator') AS comment,
    o.oprcode::text AS function,
    CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END AS "left type",
    format_type(o.oprright, NULL) AS "right type",
    CASE WHEN o.oprcom <> 0 THEN o.oprcom::regoperator::text END AS "commutator",
    CASE WHEN o.oprnegate <> 0 THEN o.oprnegate::regoperator::text END AS "negator",
    nullif(o.oprrest, 0)::regproc::text AS "restriction estimator",
    nullif(o.oprjoin, 0)::regproc::text AS "join estimator",
    CASE WHEN o.oprcanmerge THEN 'yes' END AS "merges",
    CASE WHEN o.oprcanhash THEN 'yes' END AS "hashes"
FROM pg_operator AS o
INNER JOIN pg_namespace AS n ON o.oprnamespace = n.oid
WHERE
    o.oprcode <> 0
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_operator'::regclass AND e.objid = o.oid AND e.deptype = 'e'
    )
