CREATE FUNCTION protocol.replicate_template(target_template_id uuid, target_patient_id uuid, first_day date DEFAULT CURRENT_DATE)
    RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    template protocol.protocol_templates;
    part protocol.template_modules;
    new_protocol_id uuid;
    new_module_id uuid;
BEGIN
    SELECT t.* INTO template
    FROM protocol.protocol_templates AS t
    WHERE t.id = target_template_id AND t.deleted_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'modelo % não encontrado', target_template_id USING ERRCODE = 'no_data_found';
    END IF;
    -- Nasce rascunho: no máximo um protocolo ativo por paciente, e ativar é uma decisão à parte.
    INSERT INTO protocol.protocols (
        professional_id, patient_id, template_id, title, objective, status, starts_on, ends_on
    )
    VALUES (
        template.professional_id,
        target_patient_id,
        template.id,
        template.title,
        template.objective,
        'draft',
        first_day,
        first_day + template.duration_days - 1
    )
    RETURNING id INTO new_protocol_id;
    FOR part IN
        SELECT m.*
        FROM protocol.template_modules AS m
        WHERE m.template_id = template.id
        ORDER BY m.position, m.id
    LOOP
        INSERT INTO protocol.protocol_modules (
            professional_id, patient_id, protocol_id, kind, title, instructions, position
        )
        VALUES (
            template.professional_id,
            target_patient_id,
            new_protocol_id,
            part.kind,
            part.title,
            part.instructions,
            part.position
        )
        RETURNING id INTO new_module_id;
        PERFORM protocol.apply_blueprint(new_module_id, part.blueprint);
    END LOOP;
    RETURN new_protocol_id;
END;
$function$;

ALTER FUNCTION protocol.replicate_template(uuid,uuid,date) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.replicate_template(uuid,uuid,date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION protocol.replicate_template(uuid,uuid,date) TO korevitta_app;

COMMENT ON FUNCTION protocol.replicate_template(uuid,uuid,date) IS 'Cria para um paciente, em uma chamada, um protocolo em rascunho com todos os módulos e conteúdos do modelo.';
