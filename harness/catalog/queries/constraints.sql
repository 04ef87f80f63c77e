-- Constraints of tables, with the facts of the index that backs them.
-- The copies that a foreign key makes for partitions follow from it and are left out.
SELECT
    c.oid AS unit,
    CASE k.contype
        WHEN 'p' THEN 'primary key'
        WHEN 'u' THEN 'unique constraint'
        WHEN 'f' THEN 'foreign key'
        WHEN 'x' THEN 'exclusion constraint'
        ELSE 'check constraint'
    END AS kind,
    c.oid::regclass::text || '.' || quote_ident(k.conname) AS name,
    quote_ident(n.nspname) AS schema,
    CASE c.relkind WHEN 'f' THEN 'foreign table' ELSE 'table' END AS parent_kind,
    c.oid::regclass::text AS parent,
    regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') AS definition,
    CASE WHEN k.convalidated THEN 'yes' ELSE 'no' END AS validated,
    CASE
        WHEN k.contype <> 'c' OR k.coninhcount = 0 THEN NULL
        WHEN k.conislocal THEN 'and local'
        ELSE 'yes'
    END AS inherited,
    pc.oid::regclass::text || '.' || quote_ident(p.conname) AS "partition of",
    said.description AS comment,
    CASE WHEN ic.reloptions IS NOT NULL THEN (
        SELECT string_agg(o.option, E'\n' ORDER BY o.option COLLATE "C")
        FROM unnest(ic.reloptions) AS o (option)
    ) END AS "index options",
    quote_ident(s.spcname) AS "index tablespace",
    CASE WHEN i.indisclustered THEN 'yes' END AS clustered,
    CASE WHEN NOT i.indisvalid THEN 'no' END AS "index valid",
    said_of_index.description AS "index comment"
FROM pg_constraint AS k
INNER JOIN pg_class AS c ON k.conrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_constraint AS p ON k.conparentid = p.oid
LEFT JOIN pg_class AS pc ON p.conrelid = pc.oid
LEFT JOIN pg_class AS ic ON k.conindid = ic.oid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_index AS i ON ic.oid = i.indexrelid
LEFT JOIN pg_description AS said
    ON k.oid = said.objoid AND said.classoid = 'pg_constraint'::regclass AND said.objsubid = 0
LEFT JOIN pg_description AS said_of_index
    ON ic.oid = said_of_index.objoid AND said_of_index.classoid = 'pg_class'::regclass AND said_of_index.objsubid = 0
LEFT JOIN pg_tablespace AS s ON ic.reltablespace = s.oid
WHERE
    k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND NOT (k.contype = 'f' AND k.conparentid <> 0)
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    -- of: AND c.oid = ANY($1::oid[])
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
