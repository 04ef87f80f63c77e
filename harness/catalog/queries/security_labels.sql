-- Security labels, each an object of its own: providers are rare, and there may be several.
SELECT
    'security label' AS kind,
    s.provider || ' ON ' || o.type || ' ' || o.identity AS name,
    quote_ident(o.schema) AS schema,
    o.type AS parent_kind,
    o.identity AS parent,
    s.provider AS provider,
    s.label AS label
FROM pg_seclabel AS s
CROSS JOIN LATERAL (
    SELECT
        i.schema,
        replace(i.type, 'table column', 'column') AS type,
        CASE s.classoid WHEN 'pg_proc'::regclass THEN s.objoid::regprocedure::text ELSE i.identity END AS identity
    FROM pg_identify_object(s.classoid, s.objoid, s.objsubid) AS i
) AS o
WHERE s.classoid <> 'pg_largeobject'::regclass
