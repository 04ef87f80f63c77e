-- What was granted or revoked on objects of PostgreSQL itself and on members of extensions, where it
-- is not what initdb or the extension's script left.
WITH listed AS (
    SELECT
        'pg_proc'::regclass AS class, p.oid AS object, 0 AS part, p.pronamespace AS namespace,
        p.proacl AS acl, acldefault('f', p.proowner) AS usual, p.proowner AS owner
    FROM pg_proc AS p
    WHERE p.proacl IS NOT NULL
    UNION ALL
    SELECT
        'pg_class'::regclass, c.oid, 0, c.relnamespace,
        c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner), c.relowner
    FROM pg_class AS c
    WHERE c.relacl IS NOT NULL
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, a.attnum, c.relnamespace, a.attacl, '{}', c.relowner
    FROM pg_attribute AS a INNER JOIN pg_class AS c ON a.attrelid = c.oid
    WHERE a.attacl IS NOT NULL
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 0, t.typnamespace, t.typacl, acldefault('T', t.typowner), t.typowner
    FROM pg_type AS t
    WHERE t.typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, 0, n.oid, n.nspacl, acldefault('n', n.nspowner), n.nspowner
    FROM pg_namespace AS n
    WHERE n.nspacl IS NOT NULL
    UNION ALL
    SELECT 'pg_language'::regclass, l.oid, 0, 0, l.lanacl, acldefault('l', l.lanowner), l.lanowner
    FROM pg_language AS l
    WHERE l.lanacl IS NOT NULL
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, f.oid, 0, 0, f.fdwacl, acldefault('F', f.fdwowner), f.fdwowner
    FROM pg_foreign_data_wrapper AS f
    WHERE f.fdwacl IS NOT NULL
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, s.oid, 0, 0, s.srvacl, acldefault('S', s.srvowner), s.srvowner
    FROM pg_foreign_server AS s
    WHERE s.srvacl IS NOT NULL
)

SELECT
    'privileges' AS kind,
    o.type || ' ' || o.identity AS name,
    quote_ident(o.schema) AS schema,
    CASE WHEN x.oid IS NOT NULL THEN 'extension' END AS parent_kind,
    quote_ident(x.extname) AS parent,
    listed.acl::text[] AS grants,
    coalesce(i.initprivs, listed.usual)::text[] AS "original grants",
    o.type AS "kind of grants",
    listed.owner::regrole::text AS "owner of parent"
FROM listed
LEFT JOIN pg_namespace AS n ON listed.namespace = n.oid
LEFT JOIN pg_init_privs AS i
    ON listed.class = i.classoid AND listed.object = i.objoid AND listed.part = i.objsubid
LEFT JOIN pg_depend AS e
    ON
        listed.class = e.classid AND listed.object = e.objid
        AND e.refclassid = 'pg_extension'::regclass AND e.deptype = 'e'
LEFT JOIN pg_extension AS x ON e.refobjid = x.oid
CROSS JOIN LATERAL (
    SELECT
        i.schema,
        replace(i.type, 'table column', 'column') AS type,
        CASE listed.class
            WHEN 'pg_proc'::regclass THEN listed.object::regprocedure::text
            ELSE i.identity
        END AS identity
    FROM pg_identify_object(listed.class, listed.object, listed.part) AS i
) AS o
WHERE
    (x.oid IS NOT NULL OR (listed.object < 16384 AND coalesce(n.nspname, 'pg_catalog') = 'pg_catalog'))
    AND NOT (
        listed.acl @> coalesce(i.initprivs, listed.usual)
        AND listed.acl <@ coalesce(i.initprivs, listed.usual)
    )
