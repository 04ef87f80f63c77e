CREATE SCHEMA shared;
GRANT USAGE, CREATE ON SCHEMA shared TO kvh_case_app;
CREATE FUNCTION whoami() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, shared AS $$ -- expect
    SELECT current_user::text
$$;
REVOKE EXECUTE ON FUNCTION whoami() FROM PUBLIC;
