CREATE FUNCTION whoami() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT current_user::text
$$;
CREATE FUNCTION nobody() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$ SELECT ''::text $$;
CREATE FUNCTION bound() RETURNS text LANGUAGE sql SECURITY DEFINER RETURN current_user::text;
CREATE FUNCTION invoked() RETURNS text LANGUAGE sql AS $$ SELECT current_user::text $$;
REVOKE EXECUTE ON FUNCTION whoami(), nobody(), bound() FROM PUBLIC;
