CREATE TABLE plans (name text PRIMARY KEY);
CREATE FUNCTION open_plans() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'GRANT SELECT ON public.plans TO kvh_case_app';
END;
$$;
-- seed
SELECT open_plans(); -- expect
INSERT INTO plans (name) VALUES ('monthly') ON CONFLICT DO NOTHING;
