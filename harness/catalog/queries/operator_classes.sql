-- Operator classes with their members.
SELECT
    'operator class' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(o.opcname) || ' USING ' || quote_ident(a.amname) AS name,
    quote_ident(n.nspname) AS schema,
    o.opcowner::regrole::text AS owner,
    obj_description(o.oid, 'pg_opclass') AS comment,
    CASE WHEN o.opcdefault THEN 'yes' END AS "default",
    format_type(o.opcintype, NULL) AS type,
    quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) AS family,
    CASE WHEN o.opckeytype <> 0 THEN format_type(o.opckeytype, NULL) END AS storage,
    (
        SELECT string_agg(m.member, E'\n' ORDER BY m.place, m.number, m.member COLLATE "C")
        FROM (
            SELECT
                1 AS place,
                ao.amopstrategy AS number,
                format('OPERATOR %s %s', ao.amopstrategy, ao.amopopr::regoperator)
                || coalesce(' FOR ORDER BY ' || quote_ident(sn.nspname) || '.' || quote_ident(sf.opfname), '') AS member
            FROM pg_depend AS d
            INNER JOIN pg_amop AS ao ON d.objid = ao.oid
            LEFT JOIN pg_opfamily AS sf ON ao.amopsortfamily = sf.oid
            LEFT JOIN pg_namespace AS sn ON sf.opfnamespace = sn.oid
            WHERE
                d.classid = 'pg_amop'::regclass
                AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = o.oid
            UNION ALL
            SELECT
                2 AS place,
                ap.amprocnum AS number,
                format(
                    'FUNCTION %s (%s, %s) %s', ap.amprocnum,
                    format_type(ap.amproclefttype, NULL), format_type(ap.amprocrighttype, NULL),
                    ap.amproc::regprocedure
                ) AS member
            FROM pg_depend AS d
            INNER JOIN pg_amproc AS ap ON d.objid = ap.oid
            WHERE
                d.classid = 'pg_amproc'::regclass
                AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = o.oid
        ) AS m
    ) AS members
FROM pg_opclass AS o
INNER JOIN pg_namespace AS n ON o.opcnamespace = n.oid
INNER JOIN pg_am AS a ON o.opcmethod = a.oid
INNER JOIN pg_opfamily AS f ON o.opcfamily = f.oid
INNER JOIN pg_namespace AS fn ON f.opfnamespace = fn.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_opclass'::regclass AND e.objid = o.oid AND e.deptype = 'e'
    )
