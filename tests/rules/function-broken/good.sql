CREATE TABLE clients (id uuid PRIMARY KEY, name text, "position" integer);
CREATE FUNCTION count_clients() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM public.clients $$;
CREATE FUNCTION fill_clients() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    wanted text;
BEGIN
    -- A schema that is not there is somebody else's: it is asked for before it is used.
    IF to_regclass('cron.job') IS NOT NULL THEN
        UPDATE cron.job SET active = true;
    END IF;
    CREATE TEMPORARY TABLE wishes (name text) ON COMMIT DROP;
    FOR wanted IN SELECT w.name FROM wishes AS w LOOP
        INSERT INTO public.clients (id, name, position) VALUES (gen_random_uuid(), wanted, 1);
    END LOOP;
    EXECUTE format('DELETE FROM %I.nowhere', 'public');
END;
$$;
