-- migration
SET LOCAL lock_timeout = '5s';
CREATE OR REPLACE FUNCTION core.me() RETURNS bigint LANGUAGE sql STABLE AS $$ -- expect
    SELECT nullif(current_setting('case.somebody', TRUE), '')::bigint
$$;
