CREATE FUNCTION ops.secure_partition(parent regclass, partition regclass)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    policy record;
BEGIN
    IF NOT (SELECT c.relrowsecurity FROM pg_class AS c WHERE c.oid = parent) THEN
        RETURN;
    END IF;
    IF NOT (SELECT c.relrowsecurity AND c.relforcerowsecurity FROM pg_class AS c WHERE c.oid = partition) THEN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
    END IF;
    -- Só as policies do dono (manutenção) são copiadas. As da aplicação vivem na tabela-mãe, por onde ela
    -- sempre entra; pelo nome da partição tudo o mais fica negado, e nenhuma release precisa mexer em cada mês.
    FOR policy IN
        SELECT
            p.polname,
            pg_get_expr(p.polqual, p.polrelid) AS using_expression,
            pg_get_expr(p.polwithcheck, p.polrelid) AS check_expression
        FROM pg_policy AS p
        INNER JOIN pg_class AS c ON c.oid = p.polrelid
        WHERE
            p.polrelid = parent
            AND p.polcmd = '*'
            AND p.polroles = ARRAY[c.relowner]
            AND NOT EXISTS (
                SELECT 1
                FROM pg_policy AS existing
                WHERE existing.polrelid = partition AND existing.polname = p.polname
            )
        ORDER BY p.polname
    LOOP
        EXECUTE format(
            'CREATE POLICY %I ON %s FOR ALL TO %I USING (%s) WITH CHECK (%s)',
            policy.polname,
            partition,
            (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = parent),
            policy.using_expression,
            coalesce(policy.check_expression, policy.using_expression)
        );
    END LOOP;
END;
$function$;

ALTER FUNCTION ops.secure_partition(regclass,regclass) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.secure_partition(regclass,regclass) FROM PUBLIC;

COMMENT ON FUNCTION ops.secure_partition(regclass,regclass) IS 'RLS ligado e forçado na partição, com a policy de manutenção da tabela-mãe. Não dá privilégio a ninguém.';
