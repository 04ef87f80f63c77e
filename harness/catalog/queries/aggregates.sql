-- Aggregates.
SELECT
    p.oid AS unit,
    'aggregate' AS kind,
    p.oid::regprocedure::text AS name,
    quote_ident(n.nspname) AS schema,
    p.proowner::regrole::text AS owner,
    coalesce(p.proacl, acldefault('f', p.proowner))::text[] AS grants,
    obj_description(p.oid, 'pg_proc') AS comment,
    pg_get_function_arguments(p.oid) AS arguments,
    CASE g.aggkind WHEN 'o' THEN 'ordered-set' WHEN 'h' THEN 'hypothetical-set' END AS form,
    g.aggtransfn::text AS "state function",
    format_type(g.aggtranstype, NULL) AS "state type",
    nullif(g.aggtransspace, 0)::text AS "state size",
    g.agginitval AS "initial value",
    nullif(g.aggfinalfn, 0)::regproc::text AS "final function",
    CASE WHEN g.aggfinalextra THEN 'yes' END AS "final function extra",
    CASE WHEN g.aggfinalfn <> 0 THEN g.aggfinalmodify::text END AS "final function modifies",
    nullif(g.aggcombinefn, 0)::regproc::text AS "combine function",
    nullif(g.aggserialfn, 0)::regproc::text AS "serial function",
    nullif(g.aggdeserialfn, 0)::regproc::text AS "deserial function",
    nullif(g.aggmtransfn, 0)::regproc::text AS "moving state function",
    nullif(g.aggminvtransfn, 0)::regproc::text AS "moving inverse function",
    CASE WHEN g.aggmtranstype <> 0 THEN format_type(g.aggmtranstype, NULL) END AS "moving state type",
    nullif(g.aggmtransspace, 0)::text AS "moving state size",
    g.aggminitval AS "moving initial value",
    nullif(g.aggmfinalfn, 0)::regproc::text AS "moving final function",
    CASE WHEN g.aggmfinalextra THEN 'yes' END AS "moving final function extra",
    CASE WHEN g.aggmfinalfn <> 0 THEN g.aggmfinalmodify::text END AS "moving final function modifies",
    CASE WHEN g.aggsortop <> 0 THEN g.aggsortop::regoperator::text END AS "sort operator",
    CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END AS parallel
FROM pg_proc AS p
INNER JOIN pg_namespace AS n ON p.pronamespace = n.oid
INNER JOIN pg_aggregate AS g ON p.oid = g.aggfnoid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND p.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e'
    )
