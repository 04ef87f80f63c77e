CREATE FUNCTION app.current_user_id()
    RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
AS $function$
    SELECT nullif(pg_catalog.current_setting('app.current_user_id', TRUE), '')::uuid;
$function$;

ALTER FUNCTION app.current_user_id() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION app.current_user_id() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION app.current_user_id() TO korevitta_app;

COMMENT ON FUNCTION app.current_user_id() IS 'Pessoa autenticada na sessão (app.current_user_id); NULL sem login.';
