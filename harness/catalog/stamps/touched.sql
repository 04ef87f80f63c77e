-- What else to read again, for relations that changed ($1), those of them whose columns did ($2), and
-- units that may be members of an extension ($3). Partitions and heirs repeat names of their parents'
-- constraints and triggers. A query names the columns that it does not ask for where it must, so what
-- depends on the columns of a relation, on its row type or on functions of it may now read otherwise.
-- The family 'x' asks to read everything: privileges on members are told beside their extension.
WITH RECURSIVE heir AS (
    SELECT h.inhrelid AS oid FROM pg_inherits AS h
    WHERE h.inhparent = ANY($1::oid[])
    UNION
    SELECT h.inhrelid FROM pg_inherits AS h INNER JOIN heir AS p ON h.inhparent = p.oid
),

dependent AS (
    SELECT 'pg_class'::regclass::oid AS classid, s.oid AS objid FROM unnest($2::oid[]) AS s (oid)
    UNION
    SELECT d.classid, d.objid
    FROM pg_depend AS d INNER JOIN dependent AS t ON d.refclassid = t.classid AND d.refobjid = t.objid
)

SELECT 'r' AS family, h.oid AS unit FROM heir AS h
UNION
SELECT 'r', d.objid FROM dependent AS d
WHERE d.classid = 'pg_class'::regclass
UNION
SELECT 'r', r.ev_class FROM dependent AS d INNER JOIN pg_rewrite AS r ON d.objid = r.oid
WHERE d.classid = 'pg_rewrite'::regclass
UNION
SELECT 'r', y.polrelid FROM dependent AS d INNER JOIN pg_policy AS y ON d.objid = y.oid
WHERE d.classid = 'pg_policy'::regclass
UNION
SELECT 'r', g.tgrelid FROM dependent AS d INNER JOIN pg_trigger AS g ON d.objid = g.oid
WHERE d.classid = 'pg_trigger'::regclass AND NOT g.tgisinternal
UNION
SELECT 'r', a.adrelid FROM dependent AS d INNER JOIN pg_attrdef AS a ON d.objid = a.oid
WHERE d.classid = 'pg_attrdef'::regclass
UNION
SELECT 'r', k.conrelid FROM dependent AS d INNER JOIN pg_constraint AS k ON d.objid = k.oid
WHERE d.classid = 'pg_constraint'::regclass AND k.contype <> 'f' AND k.conrelid <> 0
UNION
SELECT 'f', d.objid FROM dependent AS d
WHERE d.classid = 'pg_proc'::regclass
UNION
SELECT 'x', 0 FROM pg_depend AS e
WHERE e.objid = ANY($3::oid[]) AND e.deptype = 'e'
