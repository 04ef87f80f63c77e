CREATE FUNCTION protocol.publish_version(target_protocol_id uuid, note text DEFAULT NULL::text)
    RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    target protocol.protocols;
    next_number integer;
BEGIN
    -- O bloqueio da linha serializa duas publicações do mesmo protocolo: os números não têm buraco nem repetição.
    SELECT p.* INTO target
    FROM protocol.protocols AS p
    WHERE p.id = target_protocol_id AND p.deleted_at IS NULL
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'protocolo % não encontrado', target_protocol_id USING ERRCODE = 'no_data_found';
    END IF;
    SELECT coalesce(max(v.version_number), 0) + 1 INTO next_number
    FROM protocol.protocol_versions AS v
    WHERE v.protocol_id = target.id;
    INSERT INTO protocol.protocol_versions (
        professional_id,
        patient_id,
        protocol_id,
        version_number,
        snapshot,
        change_note,
        published_by_user_id
    )
    VALUES (
        target.professional_id,
        target.patient_id,
        target.id,
        next_number,
        protocol.protocol_snapshot(target.id),
        note,
        app.current_user_id()
    );
    RETURN next_number;
END;
$function$;

ALTER FUNCTION protocol.publish_version(uuid,text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.publish_version(uuid,text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION protocol.publish_version(uuid,text) TO korevitta_app;

COMMENT ON FUNCTION protocol.publish_version(uuid,text) IS 'Grava a próxima versão imutável de um protocolo e devolve o número dela.';
