DO $$
BEGIN
    UPDATE core.notes SET body = ''; -- expect
    EXECUTE format('UPDATE core.tags SET %I = 1', 'weight'); -- expect
END
$$;

CREATE FUNCTION core.clean() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    note_id bigint := 1;
BEGIN
    DELETE FROM core.notes WHERE id = note_id;
    DELETE FROM core.notes; -- expect
END
$$;

SELECT core.clean();
