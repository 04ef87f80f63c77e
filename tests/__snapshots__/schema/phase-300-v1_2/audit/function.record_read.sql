CREATE FUNCTION audit.record_read(target_table text, target_row_id uuid, target_patient_id uuid, read_reason text DEFAULT NULL::text)
    RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    IF app.current_professional_id() IS NULL THEN
        RAISE EXCEPTION 'registrar uma leitura exige um consultório na sessão'
            USING ERRCODE = 'insufficient_privilege',
            HINT = 'Defina app.current_professional_id e app.current_user_id antes de ler o dado.';
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
        reason
    )
    VALUES (
        app.current_professional_id(),
        target_patient_id,
        app.current_user_id(),
        'professional',
        session_user,
        'read',
        target_table,
        target_row_id,
        read_reason
    );
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
END;
$function$;

ALTER FUNCTION audit.record_read(text,uuid,uuid,text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION audit.record_read(text,uuid,uuid,text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION audit.record_read(text,uuid,uuid,text) TO korevitta_app;

COMMENT ON FUNCTION audit.record_read(text,uuid,uuid,text) IS 'Registra que um profissional abriu um dado sensível (laudo, foto); chamado pela API ao exibi-lo.';
