-- Upkeep knows one of the two tables.
CREATE TABLE visits (id integer NOT NULL, seen_at timestamptz NOT NULL, PRIMARY KEY (id, seen_at))
PARTITION BY RANGE (seen_at);
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
CREATE TABLE letters (id integer NOT NULL, sent_on date NOT NULL, PRIMARY KEY (id, sent_on)) -- expect
PARTITION BY RANGE (sent_on);
CREATE TABLE letters_2001 PARTITION OF letters FOR VALUES FROM ('2001-01-01') TO ('2002-01-01');
CREATE TABLE letters_default PARTITION OF letters DEFAULT;
CREATE PROCEDURE make_months(ahead integer DEFAULT 3) LANGUAGE plpgsql AS $$
DECLARE
    month timestamptz := date_trunc('month', now(), 'UTC');
BEGIN
    FOR step IN 0..ahead LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS public.%I PARTITION OF public.visits FOR VALUES FROM (%L) TO (%L)',
            to_char(month AT TIME ZONE 'UTC', '"visits_"YYYY_MM'),
            month,
            month + interval '1 month'
        );
        COMMIT;
        month := month + interval '1 month';
    END LOOP;
END;
$$;
