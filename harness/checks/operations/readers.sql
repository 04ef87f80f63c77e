-- The listed roles that can write no table and create nothing in the database, in the order given.
-- Members of pg_monitor are marked: they see what the server says of everybody's sessions.
SELECT
    r.rolname::text AS name,
    pg_catalog.pg_has_role(r.oid, 'pg_monitor', 'MEMBER') AS watches
FROM unnest(%(roles)s::text[]) WITH ORDINALITY AS listed (name, place)
INNER JOIN pg_catalog.pg_roles AS r ON listed.name = r.rolname
WHERE
    NOT r.rolsuper
    AND NOT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_class AS c
        INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
        WHERE
            c.relkind IN ('r', 'p', 'v', 'f')
            AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            AND n.nspname !~ '^pg_(toast|temp)'
            AND (
                pg_catalog.pg_has_role(r.oid, c.relowner, 'MEMBER')
                OR pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
            )
    )
    AND NOT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_database AS d
        WHERE d.datname = current_database() AND pg_catalog.pg_has_role(r.oid, d.datdba, 'MEMBER')
    )
ORDER BY listed.place
