-- One hash of the versions of all rows that seldom change: PostgreSQL's own objects, and the kinds of
-- object that are not followed one by one (see units.sql, which says what a version is). Any change
-- here has the whole catalog read again, and so has another server.
SELECT
    bit_xor(v.version) AS version,
    pg_postmaster_start_time()::text AS server
FROM (
    SELECT bit_xor(hash_record_extended((d.ctid, d.xmin), d.tableoid::int8)) AS version
    FROM pg_description AS d
    WHERE
        d.objoid >= 16384
        AND d.classoid NOT IN (
            'pg_class'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass,
            'pg_policy'::regclass, 'pg_rewrite'::regclass, 'pg_statistic_ext'::regclass,
            'pg_proc'::regclass, 'pg_type'::regclass, 'pg_namespace'::regclass
        )
    UNION ALL
    -- who belongs to, or depends on, which extension
    SELECT bit_xor(hash_record_extended((d.ctid, d.xmin), d.tableoid::int8))
    FROM pg_depend AS d
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype IN ('e', 'x')
    UNION ALL
    -- the classes of operators and families, of which their members are part
    SELECT bit_xor(hash_record_extended((d.ctid, d.xmin), d.tableoid::int8))
    FROM pg_depend AS d
    WHERE d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass)
    UNION ALL
    SELECT bit_xor(hash_record_extended((c.ctid, c.xmin), c.tableoid::int8))
    FROM pg_class AS c
    WHERE c.oid < 16384
    UNION ALL
    SELECT bit_xor(hash_record_extended((a.ctid, a.xmin), a.tableoid::int8))
    FROM pg_attribute AS a
    WHERE a.attrelid < 16384
    UNION ALL
    SELECT bit_xor(hash_record_extended((p.ctid, p.xmin), p.tableoid::int8))
    FROM pg_proc AS p
    WHERE p.oid < 16384
    UNION ALL
    SELECT bit_xor(hash_record_extended((t.ctid, t.xmin), t.tableoid::int8))
    FROM pg_type AS t
    WHERE t.oid < 16384
    UNION ALL
    SELECT bit_xor(hash_record_extended((a.ctid, a.xmin), a.tableoid::int8))
    FROM pg_am AS a
    UNION ALL
    SELECT bit_xor(hash_record_extended((a.ctid, a.xmin), a.tableoid::int8))
    FROM pg_amop AS a
    UNION ALL
    SELECT bit_xor(hash_record_extended((a.ctid, a.xmin), a.tableoid::int8))
    FROM pg_amproc AS a
    UNION ALL
    SELECT bit_xor(hash_record_extended((c.ctid, c.xmin), c.tableoid::int8))
    FROM pg_cast AS c
    UNION ALL
    SELECT bit_xor(hash_record_extended((c.ctid, c.xmin), c.tableoid::int8))
    FROM pg_collation AS c
    UNION ALL
    SELECT bit_xor(hash_record_extended((c.ctid, c.xmin), c.tableoid::int8))
    FROM pg_conversion AS c
    UNION ALL
    SELECT bit_xor(hash_record_extended((t.ctid, t.xmin), t.tableoid::int8))
    FROM pg_event_trigger AS t
    UNION ALL
    SELECT bit_xor(hash_record_extended((e.ctid, e.xmin), e.tableoid::int8))
    FROM pg_extension AS e
    UNION ALL
    SELECT bit_xor(hash_record_extended((f.ctid, f.xmin), f.tableoid::int8))
    FROM pg_foreign_data_wrapper AS f
    UNION ALL
    SELECT bit_xor(hash_record_extended((s.ctid, s.xmin), s.tableoid::int8))
    FROM pg_foreign_server AS s
    UNION ALL
    SELECT bit_xor(hash_record_extended((m.ctid, m.xmin), m.tableoid::int8))
    FROM pg_user_mapping AS m
    UNION ALL
    SELECT bit_xor(hash_record_extended((i.ctid, i.xmin), i.tableoid::int8))
    FROM pg_init_privs AS i
    UNION ALL
    SELECT bit_xor(hash_record_extended((l.ctid, l.xmin), l.tableoid::int8))
    FROM pg_language AS l
    UNION ALL
    SELECT bit_xor(hash_record_extended((o.ctid, o.xmin), o.tableoid::int8))
    FROM pg_opclass AS o
    UNION ALL
    SELECT bit_xor(hash_record_extended((o.ctid, o.xmin), o.tableoid::int8))
    FROM pg_opfamily AS o
    UNION ALL
    SELECT bit_xor(hash_record_extended((o.ctid, o.xmin), o.tableoid::int8))
    FROM pg_operator AS o
    UNION ALL
    SELECT bit_xor(hash_record_extended((p.ctid, p.xmin), p.tableoid::int8))
    FROM pg_publication AS p
    UNION ALL
    SELECT bit_xor(hash_record_extended((p.ctid, p.xmin), p.tableoid::int8))
    FROM pg_publication_rel AS p
    UNION ALL
    SELECT bit_xor(hash_record_extended((p.ctid, p.xmin), p.tableoid::int8))
    FROM pg_publication_namespace AS p
    UNION ALL
    SELECT bit_xor(hash_record_extended((s.ctid, s.xmin), s.tableoid::int8))
    FROM pg_subscription AS s INNER JOIN pg_database AS d ON s.subdbid = d.oid
    WHERE d.datname = current_database()
    UNION ALL
    SELECT bit_xor(hash_record_extended((s.ctid, s.xmin), s.tableoid::int8))
    FROM pg_seclabel AS s
    UNION ALL
    SELECT bit_xor(hash_record_extended((s.ctid, s.xmin), s.tableoid::int8))
    FROM pg_tablespace AS s
    UNION ALL
    SELECT bit_xor(hash_record_extended((t.ctid, t.xmin), t.tableoid::int8))
    FROM pg_transform AS t
    UNION ALL
    SELECT bit_xor(hash_record_extended((t.ctid, t.xmin), t.tableoid::int8))
    FROM pg_ts_config AS t
    UNION ALL
    SELECT bit_xor(hash_record_extended((t.ctid, t.xmin), t.tableoid::int8))
    FROM pg_ts_config_map AS t
    UNION ALL
    SELECT bit_xor(hash_record_extended((t.ctid, t.xmin), t.tableoid::int8))
    FROM pg_ts_dict AS t
    UNION ALL
    SELECT bit_xor(hash_record_extended((t.ctid, t.xmin), t.tableoid::int8))
    FROM pg_ts_parser AS t
    UNION ALL
    SELECT bit_xor(hash_record_extended((t.ctid, t.xmin), t.tableoid::int8))
    FROM pg_ts_template AS t
) AS v
