-- The roles' names, plain and quoted: to read the names inside access control lists.
SELECT
    rolname AS name,
    oid::regrole::text AS quoted
FROM pg_roles
