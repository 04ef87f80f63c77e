SET timezone = 'UTC';
CREATE TABLE visits (id integer NOT NULL, seen_at timestamptz NOT NULL, PRIMARY KEY (id, seen_at))
PARTITION BY RANGE (seen_at);
CREATE TABLE visits_1999 PARTITION OF visits FOR VALUES FROM ('1999-01-01 00:00+00') TO ('2000-01-01 00:00+00');
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
CREATE TABLE shards (id integer PRIMARY KEY) PARTITION BY HASH (id);
CREATE TABLE shards_0 PARTITION OF shards FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE FUNCTION make_month(month timestamptz) RETURNS void LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.visits FOR VALUES FROM (%L) TO (%L)',
        to_char(month, '"visits_"YYYY_MM'), month, month + interval '1 month'
    );
END;
$$;
CREATE PROCEDURE make_months() LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
    FOR step IN 0..3 LOOP
        PERFORM public.make_month(date_trunc('month', now()) + make_interval(months => step));
    END LOOP;
END;
$$;
