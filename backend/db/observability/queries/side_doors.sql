-- pergunta: quem alcança dados sem passar pelas policies da tabela?
-- quando usar: alertas de isolamento; depois de conceder privilégios à mão.
-- colunas: kind, role, object_name, detail
-- papel: korevitta_monitor
SELECT
    CASE c.relkind WHEN 'm' THEN 'matview lida diretamente' ELSE 'partição lida diretamente' END AS kind,
    r.rolname::text AS role,
    n.nspname || '.' || c.relname AS object_name,
    'REVOKE ALL ON ' || n.nspname || '.' || c.relname || ' FROM ' || r.rolname AS detail
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
CROSS JOIN pg_roles AS r
WHERE
    r.rolname IN ('korevitta_app', 'korevitta_readonly')
    AND (c.relkind = 'm' OR (c.relkind = 'r' AND c.relispartition))
    AND n.nspname !~ '^pg_'
    AND has_table_privilege(r.oid, c.oid, 'SELECT')
UNION ALL
SELECT
    'papel que ignora o RLS' AS kind,
    r.rolname::text AS role,
    '' AS object_name,
    concat_ws(
        ', ',
        CASE WHEN r.rolsuper THEN 'superusuário' END,
        CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
        CASE
            WHEN r.rolname <> 'korevitta_owner' AND pg_has_role(r.oid, 'korevitta_owner', 'MEMBER')
                THEN 'membro de korevitta_owner'
        END
    ) AS detail
FROM pg_roles AS r
WHERE
    starts_with(r.rolname, 'korevitta_')
    AND (
        r.rolsuper
        OR r.rolbypassrls
        OR (r.rolname <> 'korevitta_owner' AND pg_has_role(r.oid, 'korevitta_owner', 'MEMBER'))
    )
UNION ALL
SELECT
    'policy aberta' AS kind,
    array_to_string(p.roles, ', ') AS role,
    p.schemaname || '.' || p.tablename AS object_name,
    p.policyname::text AS detail
FROM pg_policies AS p
WHERE
    p.permissive = 'PERMISSIVE'
    AND p.roles <> ARRAY['korevitta_owner'::name]
    AND 'true' IN (p.qual, p.with_check)
UNION ALL
SELECT
    'aberto a PUBLIC' AS kind,
    'public' AS role,
    n.nspname || '.' || c.relname AS object_name,
    lower(g.privilege_type) AS detail
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
CROSS JOIN LATERAL aclexplode(c.relacl) AS g
WHERE pg_get_userbyid(n.nspowner) = 'korevitta_owner' AND g.grantee = 0
UNION ALL
SELECT
    'aberto a PUBLIC' AS kind,
    'public' AS role,
    f.oid::regprocedure::text AS object_name,
    lower(g.privilege_type) AS detail
FROM pg_proc AS f
INNER JOIN pg_namespace AS n ON f.pronamespace = n.oid
CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS g
WHERE pg_get_userbyid(n.nspowner) = 'korevitta_owner' AND g.grantee = 0
ORDER BY kind, role, object_name, detail;
