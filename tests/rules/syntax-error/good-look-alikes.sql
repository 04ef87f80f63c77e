COMMENT ON TABLE core.notes IS 'um texto' -- que segue
    ' na linha de baixo, com ''aspas''';
COMMENT ON TABLE core.tags IS E'um texto\'' -- e outro
    ' com \'barras\'; e ponto';
DO $$
DECLARE
    wanted text := 'x';
    message text := 'a' -- b
        'c';
BEGIN
    EXECUTE format('SET work_mem = %L', '8MB');
    EXECUTE 'SELECT ' || wanted || ' FROM';
    EXECUTE format('COMMENT ON TABLE core.notes IS %L', message);
    EXECUTE 'SELECT $1; SELECT 2' USING wanted;
    EXECUTE '';
END
$$;
