CREATE FUNCTION protocol.save_as_template(target_protocol_id uuid, template_title text)
    RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    new_template_id uuid;
BEGIN
    INSERT INTO protocol.protocol_templates (professional_id, title, objective)
    SELECT
        p.professional_id,
        template_title,
        left(p.objective, 400)
    FROM protocol.protocols AS p
    WHERE p.id = target_protocol_id AND p.deleted_at IS NULL
    RETURNING id INTO new_template_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'protocolo % não encontrado', target_protocol_id USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO protocol.template_modules (
        professional_id, template_id, kind, title, instructions, position, blueprint
    )
    SELECT
        m.professional_id,
        new_template_id,
        m.kind,
        m.title,
        m.instructions,
        row_number() OVER (ORDER BY m.position, m.id),
        protocol.module_blueprint(m.id)
    FROM protocol.protocol_modules AS m
    WHERE m.protocol_id = target_protocol_id AND m.deleted_at IS NULL;
    RETURN new_template_id;
END;
$function$;

ALTER FUNCTION protocol.save_as_template(uuid,text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.save_as_template(uuid,text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION protocol.save_as_template(uuid,text) TO korevitta_app;

COMMENT ON FUNCTION protocol.save_as_template(uuid,text) IS 'Faz de um protocolo um modelo do consultório, sem nada do paciente além do conteúdo prescrito.';
