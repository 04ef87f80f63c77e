-- O que faz: remove as policies do MVP das tarefas do dia: as de escopo, criadas na 1.1 (V200030), passam a valer
-- sozinhas. Onde a exclusão é lógica, o privilégio de DELETE da aplicação sai junto.
-- Por que é seguro: recusa, sem mudar nada, se alguma tabela ainda depende da policy do MVP para ser lida ou gravada.
-- O catálogo não tem RLS: a conferência vê todas as policies. Remover uma policy bloqueia a tabela por um instante.
-- O rollback recria as policies do MVP e devolve o privilégio; nenhum dado se perde.
SET LOCAL lock_timeout = '5s';

DO $$
DECLARE
    uncovered text;
BEGIN
    SELECT pg_catalog.string_agg(DISTINCT pg_catalog.format('%I.%I (%s)', m.schemaname, m.tablename, m.cmd), ', ')
    INTO uncovered
    FROM pg_catalog.pg_policies AS m
    WHERE
        m.schemaname = 'daily'
        AND m.policyname ~ '_mvp_'
        AND NOT (m.cmd = 'DELETE' AND EXISTS (
            SELECT 1
            FROM pg_catalog.pg_attribute AS a
            WHERE
                a.attrelid = pg_catalog.format('%I.%I', m.schemaname, m.tablename)::pg_catalog.regclass
                AND a.attname = 'deleted_at'
        ))
        AND NOT EXISTS (
            SELECT 1
            FROM pg_catalog.pg_policies AS s
            WHERE
                s.schemaname = m.schemaname
                AND s.tablename = m.tablename
                AND s.policyname = pg_catalog.replace(m.policyname, '_mvp_', '_')
        );
    IF uncovered IS NOT NULL THEN
        RAISE EXCEPTION 'estas tabelas ainda dependem das policies do MVP: %', uncovered
            USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Aplique V200030 (policies por escopo) e confira com pg_policies antes de repetir.';
    END IF;
END;
$$;

DROP POLICY tasks_mvp_professional_select ON daily.tasks;
DROP POLICY tasks_mvp_professional_insert ON daily.tasks;
DROP POLICY tasks_mvp_professional_update ON daily.tasks;
DROP POLICY tasks_mvp_professional_delete ON daily.tasks;
DROP POLICY tasks_mvp_patient_select ON daily.tasks;
DROP POLICY task_completions_mvp_professional_select ON daily.task_completions;
DROP POLICY task_completions_mvp_professional_insert ON daily.task_completions;
DROP POLICY task_completions_mvp_professional_update ON daily.task_completions;
DROP POLICY task_completions_mvp_professional_delete ON daily.task_completions;
DROP POLICY task_completions_mvp_patient_select ON daily.task_completions;
DROP POLICY task_completions_mvp_patient_insert ON daily.task_completions;
DROP POLICY task_completions_mvp_patient_update ON daily.task_completions;
DROP POLICY task_completions_mvp_patient_delete ON daily.task_completions;

REVOKE DELETE ON TABLE daily.tasks FROM korevitta_app;
