CREATE FUNCTION protocol.protocol_snapshot(target_protocol_id uuid)
    RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    SELECT jsonb_build_object(
        'title', p.title,
        'objective', p.objective,
        'starts_on', p.starts_on,
        'ends_on', p.ends_on,
        'modules', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'kind', m.kind,
                'title', m.title,
                'instructions', m.instructions,
                'blueprint', protocol.module_blueprint(m.id)
            ) ORDER BY m.position, m.id), '[]')
            FROM protocol.protocol_modules AS m
            WHERE m.protocol_id = p.id AND m.deleted_at IS NULL
        )
    )
    FROM protocol.protocols AS p
    WHERE p.id = target_protocol_id AND p.deleted_at IS NULL;
$function$;

ALTER FUNCTION protocol.protocol_snapshot(uuid) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.protocol_snapshot(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION protocol.protocol_snapshot(uuid) TO korevitta_app;

COMMENT ON FUNCTION protocol.protocol_snapshot(uuid) IS 'Protocolo inteiro como documento. NULL se o protocolo não existe no escopo de quem chama.';
