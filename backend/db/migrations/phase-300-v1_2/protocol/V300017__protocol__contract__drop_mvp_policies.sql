-- O que faz: remove as policies do MVP dos protocolos: as de escopo, criadas na 1.1 (V200028), passam a valer sozinhas.
-- Onde a exclusão é lógica, o privilégio de DELETE da aplicação sai junto.
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
        m.schemaname = 'protocol'
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
            HINT = 'Aplique V200028 (policies por escopo) e confira com pg_policies antes de repetir.';
    END IF;
END;
$$;

DROP POLICY protocols_mvp_professional_select ON protocol.protocols;
DROP POLICY protocols_mvp_professional_insert ON protocol.protocols;
DROP POLICY protocols_mvp_professional_update ON protocol.protocols;
DROP POLICY protocols_mvp_patient_select ON protocol.protocols;
DROP POLICY protocol_modules_mvp_professional_select ON protocol.protocol_modules;
DROP POLICY protocol_modules_mvp_professional_insert ON protocol.protocol_modules;
DROP POLICY protocol_modules_mvp_professional_update ON protocol.protocol_modules;
DROP POLICY protocol_modules_mvp_professional_delete ON protocol.protocol_modules;
DROP POLICY protocol_modules_mvp_patient_select ON protocol.protocol_modules;
DROP POLICY meal_plans_mvp_professional_select ON protocol.meal_plans;
DROP POLICY meal_plans_mvp_professional_insert ON protocol.meal_plans;
DROP POLICY meal_plans_mvp_professional_update ON protocol.meal_plans;
DROP POLICY meal_plans_mvp_professional_delete ON protocol.meal_plans;
DROP POLICY meal_plans_mvp_patient_select ON protocol.meal_plans;
DROP POLICY meals_mvp_professional_select ON protocol.meals;
DROP POLICY meals_mvp_professional_insert ON protocol.meals;
DROP POLICY meals_mvp_professional_update ON protocol.meals;
DROP POLICY meals_mvp_professional_delete ON protocol.meals;
DROP POLICY meals_mvp_patient_select ON protocol.meals;
DROP POLICY meal_items_mvp_professional_select ON protocol.meal_items;
DROP POLICY meal_items_mvp_professional_insert ON protocol.meal_items;
DROP POLICY meal_items_mvp_professional_update ON protocol.meal_items;
DROP POLICY meal_items_mvp_professional_delete ON protocol.meal_items;
DROP POLICY meal_items_mvp_patient_select ON protocol.meal_items;
DROP POLICY training_plans_mvp_professional_select ON protocol.training_plans;
DROP POLICY training_plans_mvp_professional_insert ON protocol.training_plans;
DROP POLICY training_plans_mvp_professional_update ON protocol.training_plans;
DROP POLICY training_plans_mvp_professional_delete ON protocol.training_plans;
DROP POLICY training_plans_mvp_patient_select ON protocol.training_plans;
DROP POLICY training_sessions_mvp_professional_select ON protocol.training_sessions;
DROP POLICY training_sessions_mvp_professional_insert ON protocol.training_sessions;
DROP POLICY training_sessions_mvp_professional_update ON protocol.training_sessions;
DROP POLICY training_sessions_mvp_professional_delete ON protocol.training_sessions;
DROP POLICY training_sessions_mvp_patient_select ON protocol.training_sessions;
DROP POLICY training_exercises_mvp_professional_select ON protocol.training_exercises;
DROP POLICY training_exercises_mvp_professional_insert ON protocol.training_exercises;
DROP POLICY training_exercises_mvp_professional_update ON protocol.training_exercises;
DROP POLICY training_exercises_mvp_professional_delete ON protocol.training_exercises;
DROP POLICY training_exercises_mvp_patient_select ON protocol.training_exercises;

REVOKE DELETE ON TABLE protocol.protocol_modules FROM korevitta_app;
REVOKE DELETE ON TABLE protocol.meal_plans FROM korevitta_app;
REVOKE DELETE ON TABLE protocol.training_plans FROM korevitta_app;
