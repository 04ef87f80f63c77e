CREATE FUNCTION identity.find_login(login public.citext)
    RETURNS TABLE(user_id uuid, password_hash text, is_active boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    PERFORM set_config('app.maintenance', 'on', TRUE);
    RETURN QUERY
    SELECT
        u.id,
        u.password_hash,
        u.is_active
    FROM identity.users AS u
    WHERE u.email OPERATOR(public.=) login AND u.deleted_at IS NULL;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
END;
$function$;

ALTER FUNCTION identity.find_login(public.citext) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION identity.find_login(public.citext) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION identity.find_login(public.citext) TO korevitta_app;

COMMENT ON FUNCTION identity.find_login(public.citext) IS 'Credenciais de um e-mail, para o login. Depois de conferir a senha, a API define app.current_user_id.';
