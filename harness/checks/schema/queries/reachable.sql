-- What a role may do with each table, view and materialized view.
SELECT
    r.role_name,
    c.oid::regclass::text AS relation,
    CASE c.relkind
        WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table'
    END AS kind,
    has_any_column_privilege(r.role_name, c.oid, 'SELECT') AS can_select,
    has_any_column_privilege(r.role_name, c.oid, 'INSERT') AS can_insert,
    has_any_column_privilege(r.role_name, c.oid, 'UPDATE') AS can_update,
    has_table_privilege(r.role_name, c.oid, 'DELETE') AS can_delete,
    ARRAY(
        SELECT a.attname::text
        FROM pg_attribute AS a
        WHERE
            a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attgenerated = '' AND a.attidentity <> 'a'
            AND has_column_privilege(r.role_name, c.oid, a.attnum, 'INSERT')
        ORDER BY a.attnum
    ) AS insertable,
    ARRAY(
        SELECT a.attname::text
        FROM pg_attribute AS a
        WHERE
            a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attgenerated = '' AND a.attidentity = ''
            AND has_column_privilege(r.role_name, c.oid, a.attnum, 'UPDATE')
        ORDER BY a.attnum
    ) AS updatable
FROM unnest(%(roles)s::text[]) AS r (role_name)
CROSS JOIN pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    c.relkind IN ('r', 'p', 'v', 'm')
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND has_schema_privilege(r.role_name, n.oid, 'USAGE')
    AND has_any_column_privilege(r.role_name, c.oid, 'SELECT, INSERT, UPDATE')
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
ORDER BY r.role_name, relation
