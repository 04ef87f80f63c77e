CREATE SCHEMA shared;
GRANT USAGE ON SCHEMA shared TO PUBLIC;
CREATE TABLE plans (id uuid PRIMARY KEY);
GRANT SELECT ON plans TO kvh_case_app;
CREATE FUNCTION double(value integer) RETURNS integer LANGUAGE sql AS $$ SELECT value * 2 $$;
CREATE FUNCTION whoami() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT current_user::text
$$;
REVOKE EXECUTE ON FUNCTION whoami() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION whoami() TO kvh_case_app;
