-- Enum, composite, range, base and shell types. Row types, array types and multiranges follow from others.
SELECT
    'type' AS kind,
    format_type(t.oid, NULL) AS name,
    quote_ident(n.nspname) AS schema,
    CASE
        WHEN NOT t.typisdefined THEN 'shell'
        WHEN t.typtype = 'e' THEN 'enum'
        WHEN t.typtype = 'c' THEN 'composite'
        WHEN t.typtype = 'r' THEN 'range'
        ELSE 'base'
    END AS form,
    t.typowner::regrole::text AS owner,
    coalesce(t.typacl, acldefault('T', t.typowner))::text[] AS grants,
    obj_description(t.oid, 'pg_type') AS comment,
    (
        SELECT string_agg(quote_literal(l.enumlabel), E'\n' ORDER BY l.enumsortorder)
        FROM pg_enum AS l
        WHERE l.enumtypid = t.oid
    ) AS labels,
    format_type(r.rngsubtype, NULL) AS subtype,
    CASE WHEN r.rngsubopc <> 0 AND NOT o.opcdefault THEN quote_ident(os.nspname) || '.' || quote_ident(o.opcname) END
        AS "subtype operator class",
    CASE WHEN r.rngcollation <> st.typcollation THEN r.rngcollation::regcollation::text END AS collation,
    CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::text END AS canonical,
    CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::text END AS "subtype difference",
    CASE WHEN r.rngtypid IS NOT NULL THEN format_type(r.rngmultitypid, NULL) END AS multirange,
    b.*
FROM pg_type AS t
INNER JOIN pg_namespace AS n ON t.typnamespace = n.oid
LEFT JOIN pg_class AS c ON t.typrelid = c.oid
LEFT JOIN pg_range AS r ON t.oid = r.rngtypid
LEFT JOIN pg_type AS st ON r.rngsubtype = st.oid
LEFT JOIN pg_opclass AS o ON r.rngsubopc = o.oid
LEFT JOIN pg_namespace AS os ON o.opcnamespace = os.oid
LEFT JOIN LATERAL (
    SELECT
        t.typinput::text AS input,
        t.typoutput::text AS output,
        nullif(t.typreceive, 0)::regproc::text AS receive,
        nullif(t.typsend, 0)::regproc::text AS send,
        nullif(t.typmodin, 0)::regproc::text AS "modifier input",
        nullif(t.typmodout, 0)::regproc::text AS "modifier output",
        nullif(t.typanalyze, 0)::regproc::text AS "analyze",
        nullif(t.typsubscript, 0)::regproc::text AS subscript,
        t.typlen::text AS length,
        CASE WHEN t.typbyval THEN 'yes' END AS "passed by value",
        t.typalign::text AS alignment,
        t.typstorage::text AS storage,
        t.typcategory::text AS category,
        CASE WHEN t.typispreferred THEN 'yes' END AS preferred,
        t.typdefault AS "default",
        CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END AS element,
        nullif(t.typdelim, ',')::text AS delimiter,
        CASE WHEN t.typcollation <> 0 THEN 'yes' END AS collatable
) AS b ON t.typtype = 'b' AND t.typisdefined
WHERE
    (t.typtype IN ('e', 'b', 'r') OR NOT t.typisdefined OR (t.typtype = 'c' AND c.relkind = 'c'))
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- true array types
    AND NOT EXISTS (SELECT FROM pg_type AS of WHERE of.typarray = t.oid)
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e'
    )
