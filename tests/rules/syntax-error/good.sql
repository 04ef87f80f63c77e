CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    body text NOT NULL
);

CREATE FUNCTION core.touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    previous core.notes;
    found_rows bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        previous := OLD;
        previous.body := NEW.body;
        NEW.body := coalesce(NEW.body, previous.body);
    END IF;
    FOR previous IN SELECT * FROM core.notes WHERE id = NEW.id LOOP
        RAISE NOTICE 'nota % de %', previous.id, TG_TABLE_NAME;
    END LOOP;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    RETURN NEW;
END
$$;

CREATE FUNCTION core.count_notes() RETURNS bigint
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT count(*) FROM core.notes;
END;

DO $$
BEGIN
    EXECUTE format('COMMENT ON TABLE core.notes IS %L', 'anotações; com ''aspas''');
END
$$;
