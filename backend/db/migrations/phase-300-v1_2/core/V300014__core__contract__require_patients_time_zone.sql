-- O que faz: core.patients.time_zone passa a ser NOT NULL e o CHECK que serviu de prova sai.
-- Por que é seguro: com patients_time_zone_present_check validado (V200023), SET NOT NULL não lê a tabela; o bloqueio
-- exclusivo dura só a troca no catálogo. Recusa, sem mudar nada, se o CHECK não estiver validado ou se alguma linha
-- não tiver fuso; a conferência liga app.maintenance porque o RLS forçado esconderia as linhas também do dono.
-- O rollback devolve o CHECK validado e a coluna volta a aceitar NULL; nenhum dado se perde.
SET LOCAL lock_timeout = '5s';

DO $$
DECLARE
    missing bigint;
    outer_maintenance text := coalesce(pg_catalog.current_setting('app.maintenance', TRUE), '');
BEGIN
    PERFORM pg_catalog.set_config('app.maintenance', 'on', TRUE);
    SELECT count(*) INTO missing
    FROM core.patients AS p
    WHERE p.time_zone IS NULL;
    PERFORM pg_catalog.set_config('app.maintenance', outer_maintenance, TRUE);
    IF missing > 0 THEN
        RAISE EXCEPTION '% paciente(s) ainda sem fuso horário', missing
            USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Preencha core.patients.time_zone em lotes e repita.';
    END IF;
    IF NOT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_constraint AS c
        WHERE
            c.conrelid = 'core.patients'::pg_catalog.regclass
            AND c.conname = 'patients_time_zone_present_check'
            AND c.convalidated
    ) THEN
        RAISE EXCEPTION 'patients_time_zone_present_check não está validado: SET NOT NULL leria a tabela bloqueada'
            USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Valide a restrição (V200023) e repita.';
    END IF;
END;
$$;

-- harness: allow squawk:adding-not-nullable-field -- o CHECK já validado dispensa a leitura da tabela
ALTER TABLE core.patients
ALTER COLUMN time_zone SET NOT NULL;
ALTER TABLE core.patients
DROP CONSTRAINT patients_time_zone_present_check;
