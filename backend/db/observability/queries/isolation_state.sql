-- pergunta: que tabelas com dados de um consultório ou de uma pessoa estão sem proteção?
-- quando usar: alertas de isolamento; depois de cada publicação; suspeita de vazamento.
-- colunas: table_name, is_protected, row_security, row_security_forced, policies, app_privileges, owner
-- papel: korevitta_monitor
SELECT
    n.nspname || '.' || c.relname AS table_name,
    c.relrowsecurity
    AND c.relforcerowsecurity
    AND EXISTS (SELECT 1 FROM pg_policy AS p WHERE p.polrelid = c.oid) AS is_protected,
    c.relrowsecurity AS row_security,
    c.relforcerowsecurity AS row_security_forced,
    (SELECT count(*) FROM pg_policy AS p WHERE p.polrelid = c.oid) AS policies,
    coalesce((
        SELECT string_agg(lower(g.privilege_type), ', ' ORDER BY g.privilege_type)
        FROM aclexplode(c.relacl) AS g
        INNER JOIN pg_roles AS r ON g.grantee = r.oid
        WHERE r.rolname = 'korevitta_app'
    ), '') AS app_privileges,
    pg_get_userbyid(c.relowner)::text AS owner
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    c.relkind IN ('r', 'p')
    AND n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    AND (
        n.nspname || '.' || c.relname IN ('identity.users', 'identity.professionals')
        OR EXISTS (
            SELECT 1
            FROM pg_attribute AS a
            WHERE
                a.attrelid = c.oid
                AND a.attname IN ('professional_id', 'patient_id', 'user_id')
                AND NOT a.attisdropped
        )
    )
ORDER BY is_protected, table_name;
