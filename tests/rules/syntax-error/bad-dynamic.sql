CREATE FUNCTION core.clean() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    wanted text := 'x';
BEGIN
    EXECUTE 'DELETE FORM core.notes'; -- expect
    PERFORM 1;
    EXECUTE 'CREATE TABLE core.a (id int,' -- expect
        || ')';
    EXECUTE format('DELETE FROM core.%I', wanted) USING wanted;
END
$$;

DO $$
BEGIN
    FOR batch IN 1..10 LOOP
        PERFORM batch
    END LOOP; -- expect
END
$$;

DO $$
BEGIN
    RAISE NOTICE '% e %', 1; -- expect
END
$$;

DO $$
BEGIN
    PERFORM 1 /* até aqui */;
    EXIT; -- expect
END
$$;
