-- What each unit of the catalog is made of: one row per unit, with a hash of the versions of its rows.
-- A row's version is where it stands and who wrote it (ctid, xmin). Transactions are numbered for the
-- whole server and write in one database: who has the same pair has the same row, if in a copy.
-- A unit is what is read again as a whole: a relation ('r') with all that belongs to it, a function
-- ('f'), a type ('t'), a schema ('s'), the default privileges ('d'). `parts` says which queries have
-- something of it (harness/catalog/units.py names the bits), `shape` is the hash of its columns alone.
WITH place AS (
    -- an index belongs to its table, and so does what stores a table's large values
    SELECT
        c.oid,
        c.relkind,
        coalesce(i.indrelid, t.oid, c.oid) AS unit,
        c.tableoid AS class,
        c.ctid AS at,
        c.xmin AS by
    FROM pg_class AS c
    LEFT JOIN pg_index AS i ON c.oid = i.indexrelid
    LEFT JOIN pg_class AS t ON c.oid = t.reltoastrelid
    WHERE c.oid >= 16384
),

said AS (
    SELECT d.objoid, d.classoid, d.tableoid AS class, d.ctid AS at, d.xmin AS by
    FROM pg_description AS d
    WHERE d.objoid >= 16384
),

version AS (
    SELECT
        'r' AS family, p.unit, p.class, p.at, p.by,
        CASE
            WHEN p.relkind IN ('r', 'p', 'f') THEN 1 | 8
            WHEN p.relkind IN ('v', 'm') THEN 2 | 8
            WHEN p.relkind = 'S' THEN 4
            WHEN p.relkind = 'c' THEN 8
            ELSE 0
        END AS parts
    FROM place AS p
    UNION ALL
    SELECT 'r', a.adrelid, a.tableoid, a.ctid, a.xmin, 0 FROM pg_attrdef AS a
    UNION ALL
    SELECT 'r', k.conrelid, k.tableoid, k.ctid, k.xmin, 16
    FROM pg_constraint AS k
    WHERE k.conrelid >= 16384
    UNION ALL
    SELECT 'r', i.indrelid, i.tableoid, i.ctid, i.xmin, 32
    FROM pg_index AS i
    WHERE i.indrelid >= 16384
    UNION ALL
    SELECT 'r', g.tgrelid, g.tableoid, g.ctid, g.xmin, 64 FROM pg_trigger AS g
    UNION ALL
    SELECT 'r', y.polrelid, y.tableoid, y.ctid, y.xmin, 128 FROM pg_policy AS y
    UNION ALL
    SELECT 'r', r.ev_class, r.tableoid, r.ctid, r.xmin, 256
    FROM pg_rewrite AS r
    WHERE r.ev_class >= 16384
    UNION ALL
    SELECT 'r', s.stxrelid, s.tableoid, s.ctid, s.xmin, 512 FROM pg_statistic_ext AS s
    UNION ALL
    SELECT 'r', s.seqrelid, s.tableoid, s.ctid, s.xmin, 0 FROM pg_sequence AS s
    UNION ALL
    SELECT 'r', f.ftrelid, f.tableoid, f.ctid, f.xmin, 0 FROM pg_foreign_table AS f
    UNION ALL
    SELECT 'r', p.partrelid, p.tableoid, p.ctid, p.xmin, 0 FROM pg_partitioned_table AS p
    UNION ALL
    SELECT 'r', p.unit, h.tableoid, h.ctid, h.xmin, 0
    FROM pg_inherits AS h INNER JOIN place AS p ON h.inhrelid = p.oid
    UNION ALL
    -- the columns that own sequences
    SELECT 'r', d.objid, d.tableoid, d.ctid, d.xmin, 0
    FROM pg_depend AS d INNER JOIN pg_sequence AS s ON d.objid = s.seqrelid
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    UNION ALL
    SELECT 'r', p.unit, d.class, d.at, d.by, 0
    FROM said AS d INNER JOIN place AS p ON d.objoid = p.oid
    WHERE d.classoid = 'pg_class'::regclass
    UNION ALL
    SELECT 'r', k.conrelid, d.class, d.at, d.by, 0
    FROM said AS d INNER JOIN pg_constraint AS k ON d.objoid = k.oid
    WHERE d.classoid = 'pg_constraint'::regclass AND k.conrelid <> 0
    UNION ALL
    SELECT 'r', g.tgrelid, d.class, d.at, d.by, 0
    FROM said AS d INNER JOIN pg_trigger AS g ON d.objoid = g.oid
    WHERE d.classoid = 'pg_trigger'::regclass
    UNION ALL
    SELECT 'r', y.polrelid, d.class, d.at, d.by, 0
    FROM said AS d INNER JOIN pg_policy AS y ON d.objoid = y.oid
    WHERE d.classoid = 'pg_policy'::regclass
    UNION ALL
    SELECT 'r', r.ev_class, d.class, d.at, d.by, 0
    FROM said AS d INNER JOIN pg_rewrite AS r ON d.objoid = r.oid
    WHERE d.classoid = 'pg_rewrite'::regclass
    UNION ALL
    SELECT 'r', s.stxrelid, d.class, d.at, d.by, 0
    FROM said AS d INNER JOIN pg_statistic_ext AS s ON d.objoid = s.oid
    WHERE d.classoid = 'pg_statistic_ext'::regclass
    UNION ALL
    SELECT
        'f', p.oid, p.tableoid, p.ctid, p.xmin, CASE p.prokind WHEN 'a' THEN 2048 ELSE 1024 END
    FROM pg_proc AS p
    WHERE p.oid >= 16384
    UNION ALL
    SELECT 'f', g.aggfnoid, g.tableoid, g.ctid, g.xmin, 0
    FROM pg_aggregate AS g
    WHERE g.aggfnoid >= 16384
    UNION ALL
    SELECT 'f', d.objoid, d.class, d.at, d.by, 0
    FROM said AS d
    WHERE d.classoid = 'pg_proc'::regclass
    UNION ALL
    -- row types follow from their tables, array types from their elements
    SELECT 't', t.oid, t.tableoid, t.ctid, t.xmin, 0
    FROM pg_type AS t
    LEFT JOIN place AS p ON t.typrelid = p.oid
    LEFT JOIN pg_type AS e ON t.typelem = e.oid
    WHERE
        t.oid >= 16384 AND e.typarray IS DISTINCT FROM t.oid
        AND coalesce(p.relkind, 'c') = 'c'
    UNION ALL
    SELECT 't', e.enumtypid, e.tableoid, e.ctid, e.xmin, 0 FROM pg_enum AS e
    UNION ALL
    SELECT 't', r.rngtypid, r.tableoid, r.ctid, r.xmin, 0
    FROM pg_range AS r
    WHERE r.rngtypid >= 16384
    UNION ALL
    SELECT 't', k.contypid, k.tableoid, k.ctid, k.xmin, 0
    FROM pg_constraint AS k
    WHERE k.contypid >= 16384
    UNION ALL
    SELECT 't', k.contypid, d.class, d.at, d.by, 0
    FROM said AS d INNER JOIN pg_constraint AS k ON d.objoid = k.oid
    WHERE d.classoid = 'pg_constraint'::regclass AND k.contypid <> 0
    UNION ALL
    SELECT 't', d.objoid, d.class, d.at, d.by, 0
    FROM said AS d
    WHERE d.classoid = 'pg_type'::regclass
    UNION ALL
    SELECT 's', n.oid, n.tableoid, n.ctid, n.xmin, 0 FROM pg_namespace AS n
    UNION ALL
    SELECT 's', n.oid, d.tableoid, d.ctid, d.xmin, 0
    FROM pg_description AS d INNER JOIN pg_namespace AS n ON d.objoid = n.oid
    WHERE d.classoid = 'pg_namespace'::regclass
    UNION ALL
    SELECT 'd', 0::oid, d.tableoid, d.ctid, d.xmin, 0 FROM pg_default_acl AS d
),

-- of columns, the most of all rows, one hash each relation
columns AS (
    SELECT a.attrelid, bit_xor(hash_record_extended((a.ctid, a.xmin), a.tableoid::int8)) AS version
    FROM pg_attribute AS a
    WHERE a.attrelid >= 16384
    GROUP BY a.attrelid
)

SELECT
    e.family,
    e.unit,
    bit_xor(e.version) AS version,
    bit_or(e.parts) AS parts,
    bit_xor(e.shape) AS shape
FROM (
    SELECT
        v.family, v.unit, v.parts,
        hash_record_extended((v.at, v.by), v.class::int8) AS version,
        NULL::int8 AS shape
    FROM version AS v
    UNION ALL
    SELECT 'r', p.unit, 0, a.version, CASE WHEN p.unit = p.oid THEN a.version END
    FROM columns AS a INNER JOIN place AS p ON a.attrelid = p.oid
) AS e
GROUP BY e.family, e.unit
