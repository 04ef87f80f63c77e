CREATE TABLE visits (id integer NOT NULL, seen_at timestamptz NOT NULL, PRIMARY KEY (id, seen_at))
PARTITION BY RANGE (seen_at);
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
CREATE FUNCTION make_month() RETURNS void LANGUAGE plpgsql AS $$ -- expect
BEGIN
    EXECUTE 'CREATE TABLE public.visits_more PARTITION OF public.meetings DEFAULT';
END;
$$;
