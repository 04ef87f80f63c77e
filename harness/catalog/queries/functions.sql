-- Functions and procedures; aggregates have a query of their own.
SELECT
    p.oid AS unit,
    CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
    p.oid::regprocedure::text AS name,
    quote_ident(n.nspname) AS schema,
    p.proowner::regrole::text AS owner,
    coalesce(p.proacl, acldefault('f', p.proowner))::text[] AS grants,
    obj_description(p.oid, 'pg_proc') AS comment,
    pg_get_function_arguments(p.oid) AS arguments,
    pg_get_function_result(p.oid) AS returns,
    quote_ident(l.lanname) AS language,
    CASE
        WHEN p.prokind = 'p' THEN NULL
        WHEN p.provolatile = 'i' THEN 'immutable'
        WHEN p.provolatile = 's' THEN 'stable'
        ELSE 'volatile'
    END AS volatility,
    CASE WHEN p.proisstrict THEN 'yes' END AS strict,
    CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END AS security,
    CASE WHEN p.proleakproof THEN 'yes' END AS leakproof,
    CASE
        WHEN p.prokind = 'p' THEN NULL
        WHEN p.proparallel = 's' THEN 'safe'
        WHEN p.proparallel = 'r' THEN 'restricted'
        ELSE 'unsafe'
    END AS parallel,
    CASE p.prokind WHEN 'w' THEN 'yes' END AS "window",
    nullif(p.procost, CASE WHEN l.lanname IN ('internal', 'c') THEN 1 ELSE 100 END)::text AS cost,
    nullif(p.prorows, CASE WHEN p.proretset THEN 1000 ELSE 0 END)::text AS rows,
    nullif(p.prosupport, 0)::regproc::text AS support,
    (
        SELECT string_agg(format_type(t.type, NULL), ', ' ORDER BY t.place)
        FROM unnest(p.protrftypes) WITH ORDINALITY AS t (type, place)
    ) AS transforms,
    CASE WHEN p.proconfig IS NOT NULL THEN (
        SELECT string_agg(o.option, E'\n' ORDER BY o.option COLLATE "C")
        FROM unnest(p.proconfig) AS o (option)
    ) END AS settings,
    CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END AS body,
    pg_get_function_sqlbody(p.oid) AS "sql body",
    p.probin AS library,
    needed.extensions AS "depends on extension"
FROM pg_proc AS p
INNER JOIN pg_namespace AS n ON p.pronamespace = n.oid
INNER JOIN pg_language AS l ON p.prolang = l.oid
LEFT JOIN (
    SELECT d.objid, string_agg(quote_ident(x.extname), ', ' ORDER BY x.extname) AS extensions
    FROM pg_depend AS d INNER JOIN pg_extension AS x ON d.refobjid = x.oid
    WHERE
        d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x'
    GROUP BY d.objid
) AS needed ON p.oid = needed.objid
WHERE
    p.prokind IN ('f', 'w', 'p')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND p.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE
            e.classid = 'pg_proc'::regclass AND e.objid = p.oid
            -- 'i': the constructors of a range type belong to the type.
            AND (e.deptype = 'e' OR (e.deptype = 'i' AND e.refclassid = 'pg_type'::regclass))
    )
