CREATE FUNCTION protocol.refuse_version_change()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
    -- Apagar só na manutenção feita pelo dono (direito de eliminação da LGPD); alterar, nunca.
    IF TG_OP = 'DELETE' AND app.maintenance_enabled() AND pg_has_role('korevitta_owner', 'MEMBER') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a versão % do protocolo % é imutável', OLD.version_number, OLD.protocol_id
        USING ERRCODE = 'restrict_violation', HINT = 'Publique uma nova versão com protocol.publish_version.';
END;
$function$;

ALTER FUNCTION protocol.refuse_version_change() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.refuse_version_change() FROM PUBLIC;

COMMENT ON FUNCTION protocol.refuse_version_change() IS 'Trigger: uma versão publicada não muda.';
