-- Rewrite rules, without the ones that are the views themselves.
SELECT
    c.oid AS unit,
    'rule' AS kind,
    c.oid::regclass::text || '.' || quote_ident(r.rulename) AS name,
    quote_ident(n.nspname) AS schema,
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END AS parent_kind,
    c.oid::regclass::text AS parent,
    rtrim(pg_get_ruledef(r.oid), ';') AS definition,
    CASE r.ev_enabled
        WHEN 'D' THEN 'disabled'
        WHEN 'R' THEN 'replica'
        WHEN 'A' THEN 'always'
        ELSE 'enabled'
    END AS state,
    obj_description(r.oid, 'pg_rewrite') AS comment
FROM pg_rewrite AS r
INNER JOIN pg_class AS c ON r.ev_class = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    r.rulename <> '_RETURN'
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
