-- The roles' names, plain and quoted: to read the names inside access control lists.
SELECT
    oid::int8 AS unit,
    rolname AS name,
    oid::regrole::text AS quoted
FROM pg_roles
