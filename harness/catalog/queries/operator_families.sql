-- Operator families, with the members that belong to no class of theirs.
SELECT
    'operator family' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' USING ' || quote_ident(a.amname) AS name,
    quote_ident(n.nspname) AS schema,
    f.opfowner::regrole::text AS owner,
    obj_description(f.oid, 'pg_opfamily') AS comment,
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
                AND d.refclassid = 'pg_opfamily'::regclass AND d.refobjid = f.oid
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
                AND d.refclassid = 'pg_opfamily'::regclass AND d.refobjid = f.oid
        ) AS m
    ) AS members
FROM pg_opfamily AS f
INNER JOIN pg_namespace AS n ON f.opfnamespace = n.oid
INNER JOIN pg_am AS a ON f.opfmethod = a.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_opfamily'::regclass AND e.objid = f.oid AND e.deptype = 'e'
    )
