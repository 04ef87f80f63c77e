-- Sequences, also those of serial and identity columns.
SELECT
    c.oid AS unit,
    'sequence' AS kind,
    c.oid::regclass::text AS name,
    quote_ident(n.nspname) AS schema,
    CASE WHEN t.relkind = 'f' THEN 'foreign table' WHEN t.oid IS NOT NULL THEN 'table' END AS parent_kind,
    o.refobjid::regclass::text AS parent,
    c.relowner::regrole::text AS owner,
    coalesce(c.relacl, acldefault('s', c.relowner))::text[] AS grants,
    obj_description(c.oid, 'pg_class') AS comment,
    CASE c.relpersistence WHEN 'u' THEN 'unlogged' END AS persistence,
    format_type(s.seqtypid, NULL) AS type,
    s.seqstart::text AS start,
    s.seqincrement::text AS increment,
    s.seqmin::text AS minimum,
    s.seqmax::text AS maximum,
    s.seqcache::text AS cache,
    CASE WHEN s.seqcycle THEN 'yes' END AS cycle,
    o.refobjid::regclass::text || '.' || quote_ident(a.attname) AS "owned by",
    CASE o.deptype WHEN 'i' THEN 'yes' END AS "of identity"
FROM pg_sequence AS s
INNER JOIN pg_class AS c ON s.seqrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_depend AS o
    ON
        c.oid = o.objid AND o.classid = 'pg_class'::regclass
        AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')
LEFT JOIN pg_class AS t ON o.refobjid = t.oid
LEFT JOIN pg_attribute AS a ON o.refobjid = a.attrelid AND o.refobjsubid = a.attnum
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
