CREATE FUNCTION app.current_professional_id()
    RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
AS $function$
    SELECT nullif(pg_catalog.current_setting('app.current_professional_id', TRUE), '')::uuid;
$function$;

ALTER FUNCTION app.current_professional_id() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION app.current_professional_id() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION app.current_professional_id() TO korevitta_app;

COMMENT ON FUNCTION app.current_professional_id() IS 'Consultório da sessão (app.current_professional_id); NULL quando a sessão não é de um profissional.';
