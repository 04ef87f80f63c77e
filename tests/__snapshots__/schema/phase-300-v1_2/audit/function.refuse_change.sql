CREATE FUNCTION audit.refuse_change()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
    -- ops.ensure_partitions tira linhas da partição default para o mês delas: só o dono, só em manutenção.
    IF TG_OP = 'DELETE' AND app.maintenance_enabled() AND pg_has_role('korevitta_owner', 'MEMBER') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit.log só aceita inclusões (% recusado)', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END;
$function$;

ALTER FUNCTION audit.refuse_change() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION audit.refuse_change() FROM PUBLIC;

COMMENT ON FUNCTION audit.refuse_change() IS 'Trigger: recusa alterar, apagar e truncar a trilha; a exceção é a manutenção de partições, feita pelo dono.';
