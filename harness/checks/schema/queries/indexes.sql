-- Every index of the database's own tables and materialized views, constraints' indexes included.
SELECT
    ic.oid::regclass::text AS name,
    c.oid::regclass::text AS relation,
    CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'table' END AS relation_kind,
    am.amname AS method,
    ARRAY(
        SELECT pg_get_indexdef(i.indexrelid, place, TRUE)
        FROM generate_series(1, i.indnkeyatts) AS place
        ORDER BY place
    ) AS keys,
    ARRAY(
        SELECT
            i.indclass[place - 1]::text || ' ' || i.indcollation[place - 1]::text || ' '
            || i.indoption[place - 1]::text
        FROM generate_series(1, i.indnkeyatts) AS place
        ORDER BY place
    ) AS ordering,
    ARRAY(
        SELECT pg_get_indexdef(i.indexrelid, place, TRUE)
        FROM generate_series(i.indnkeyatts + 1, i.indnatts) AS place
        ORDER BY place
    ) AS included,
    i.indexprs IS NOT NULL AS has_expressions,
    pg_get_expr(i.indpred, i.indrelid) AS predicate,
    i.indisunique AS is_unique,
    i.indnullsnotdistinct AS nulls_not_distinct,
    i.indisvalid AND i.indisready AS is_valid,
    k.conname AS constraint_name,
    CASE k.contype
        WHEN 'p' THEN 'primary key'
        WHEN 'u' THEN 'unique constraint'
        WHEN 'x' THEN 'exclusion constraint'
    END AS constraint_kind,
    h.inhparent::regclass::text AS partition_of
FROM pg_index AS i
INNER JOIN pg_class AS ic ON i.indexrelid = ic.oid
INNER JOIN pg_class AS c ON i.indrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
INNER JOIN pg_am AS am ON ic.relam = am.oid
LEFT JOIN pg_constraint AS k ON ic.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_inherits AS h ON ic.oid = h.inhrelid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND c.relkind IN ('r', 'p', 'm')
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
ORDER BY relation, name
