-- Extended statistics.
SELECT
    c.oid AS unit,
    'statistics' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(s.stxname) AS name,
    quote_ident(n.nspname) AS schema,
    CASE c.relkind WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END
        AS parent_kind,
    c.oid::regclass::text AS parent,
    s.stxowner::regrole::text AS owner,
    obj_description(s.oid, 'pg_statistic_ext') AS comment,
    pg_get_statisticsobjdef(s.oid) AS definition,
    nullif(s.stxstattarget, -1)::text AS target
FROM pg_statistic_ext AS s
INNER JOIN pg_class AS c ON s.stxrelid = c.oid
INNER JOIN pg_namespace AS n ON s.stxnamespace = n.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_statistic_ext'::regclass AND e.objid = s.oid AND e.deptype = 'e'
    )
