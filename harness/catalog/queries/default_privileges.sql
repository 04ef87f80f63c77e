-- Default privileges: what objects that a role creates will grant. Within a schema they add to the
-- database's; those of the whole database replace PostgreSQL's own. Large objects are left out.
SELECT
    'default privileges' AS kind,
    d.defaclrole::regrole::text || coalesce(' IN SCHEMA ' || quote_ident(n.nspname), '') || ' ON '
    || CASE d.defaclobjtype
        WHEN 'r' THEN 'TABLES'
        WHEN 'S' THEN 'SEQUENCES'
        WHEN 'f' THEN 'FUNCTIONS'
        WHEN 'T' THEN 'TYPES'
        ELSE 'SCHEMAS'
    END AS name,
    quote_ident(n.nspname) AS schema,
    d.defaclrole::regrole::text AS owner,
    d.defaclacl::text[] AS grants,
    CASE d.defaclobjtype
        WHEN 'r' THEN 'table'
        WHEN 'S' THEN 'sequence'
        WHEN 'f' THEN 'function'
        WHEN 'T' THEN 'type'
        ELSE 'schema'
    END AS "kind of grants"
FROM pg_default_acl AS d
LEFT JOIN pg_namespace AS n ON d.defaclnamespace = n.oid
WHERE d.defaclobjtype IN ('r', 'S', 'f', 'T', 'n')
