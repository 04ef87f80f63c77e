CREATE FUNCTION protocol.adopt_library_template(target_library_template_id uuid)
    RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    new_template_id uuid;
BEGIN
    INSERT INTO protocol.protocol_templates (
        professional_id, library_template_id, title, objective, description, duration_days
    )
    SELECT
        app.current_professional_id(),
        l.id,
        l.title,
        l.objective,
        l.description,
        l.duration_days
    FROM protocol.library_templates AS l
    WHERE l.id = target_library_template_id AND l.is_active
    RETURNING id INTO new_template_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'modelo % não existe na biblioteca', target_library_template_id
            USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO protocol.template_modules (
        professional_id, template_id, kind, title, instructions, position, blueprint
    )
    SELECT
        app.current_professional_id(),
        new_template_id,
        m.kind,
        m.title,
        m.instructions,
        m.position,
        m.blueprint
    FROM protocol.library_modules AS m
    WHERE m.library_template_id = target_library_template_id;
    RETURN new_template_id;
END;
$function$;

ALTER FUNCTION protocol.adopt_library_template(uuid) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.adopt_library_template(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION protocol.adopt_library_template(uuid) TO korevitta_app;

COMMENT ON FUNCTION protocol.adopt_library_template(uuid) IS 'Copia um modelo da biblioteca para o consultório da sessão, que pode então mudá-lo à vontade.';
