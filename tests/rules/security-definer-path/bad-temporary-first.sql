CREATE FUNCTION whoami() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_temp, pg_catalog AS $$ -- expect
    SELECT current_user::text
$$;
REVOKE EXECUTE ON FUNCTION whoami() FROM PUBLIC;
