CREATE FUNCTION audit.capture()
    RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    this_row jsonb := coalesce(new_row, old_row);
    changed text[];
BEGIN
    -- ops.ensure_partitions leva linhas da partição default para o mês delas: ninguém as apagou. Só o dono o faz.
    IF
        TG_OP = 'DELETE'
        AND app.maintenance_enabled()
        AND pg_has_role(session_user, 'korevitta_owner', 'MEMBER')
        AND EXISTS (SELECT 1 FROM pg_partitioned_table AS t WHERE t.partdefid = TG_RELID)
    THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(n.key ORDER BY n.key) INTO changed
        FROM jsonb_each(new_row) AS n
        WHERE n.key <> 'updated_at' AND n.value IS DISTINCT FROM old_row -> n.key;
        IF changed IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM set_config('app.maintenance', 'on', TRUE);
    INSERT INTO audit.log (
        professional_id,
        patient_id,
        actor_user_id,
        actor_kind,
        database_role,
        action,
        table_name,
        row_id,
        changed_columns
    )
    VALUES (
        (this_row ->> 'professional_id')::uuid,
        -- O argumento do gatilho diz que coluna identifica o paciente (em core.patients, a própria chave).
        (this_row ->> TG_ARGV[0])::uuid,
        app.current_user_id(),
        CASE
            WHEN app.current_professional_id() IS NOT NULL THEN 'professional'
            WHEN app.current_user_id() IS NOT NULL THEN 'patient'
            ELSE 'system'
        END::app.actor_kind,
        session_user,
        lower(TG_OP)::audit.action,
        TG_TABLE_SCHEMA || '.' || coalesce(
            (
                SELECT parent.relname::text
                FROM pg_partition_root(TG_RELID) AS root
                INNER JOIN pg_class AS parent ON parent.oid = root
            ),
            TG_TABLE_NAME::text
        ),
        (this_row ->> 'id')::uuid,
        changed
    );
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
    RETURN NULL;
END;
$function$;

ALTER FUNCTION audit.capture() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION audit.capture() FROM PUBLIC;

COMMENT ON FUNCTION audit.capture() IS 'Gatilho AFTER das tabelas auditadas; o argumento é a coluna que identifica o paciente.';
