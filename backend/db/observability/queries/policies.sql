-- pergunta: que policies existem, para quem, e o que deixam passar?
-- quando usar: comparar com a publicação anterior; suspeita de vazamento; policy criada à mão.
-- colunas: table_name, policy_name, command, roles, rows_visible, rows_accepted
-- papel: korevitta_monitor
SELECT
    p.schemaname || '.' || p.tablename AS table_name,
    p.policyname::text AS policy_name,
    lower(p.cmd) AS command,
    array_to_string(p.roles, ', ') AS roles,
    p.qual AS rows_visible,
    p.with_check AS rows_accepted
FROM pg_policies AS p
INNER JOIN pg_class AS c ON c.relname = p.tablename
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid AND n.nspname = p.schemaname
WHERE NOT c.relispartition
ORDER BY table_name, policy_name;
