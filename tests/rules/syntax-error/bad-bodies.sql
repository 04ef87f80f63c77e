DO $$
BEGIN
    PERFORM 1;
    UPDTE core.notes SET body = ''; -- expect
END
$$;

CREATE FUNCTION core.count_notes() RETURNS bigint
LANGUAGE sql AS $f$
    SELECT count(*)
    FORM core.notes; -- expect
$f$;

CREATE FUNCTION core.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id > 0
        NEW.body := ''; -- expect
    END IF;
    RETURN NEW;
END
$$;

CREATE PROCEDURE core.clean() LANGUAGE plpgsql AS $$
DECLARE
    note record;
BEGIN
    FOR note IN SELECT id FROM core.notes LOOP
        DELETE FROM core.notes
        WHERE id = note.id; -- nota
    END FOR; -- expect
END
$$;
