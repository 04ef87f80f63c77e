-- O que faz: remove as policies do MVP das conversas: as de escopo, criadas na 1.1 (V200031), passam a valer sozinhas.
-- Por que é seguro: recusa, sem mudar nada, se alguma tabela ainda depende da policy do MVP para ser lida ou gravada.
-- O catálogo não tem RLS: a conferência vê todas as policies. Remover uma policy bloqueia a tabela por um instante.
-- O rollback recria as policies do MVP; nenhum dado se perde.
SET LOCAL lock_timeout = '5s';

DO $$
DECLARE
    uncovered text;
BEGIN
    SELECT pg_catalog.string_agg(DISTINCT pg_catalog.format('%I.%I (%s)', m.schemaname, m.tablename, m.cmd), ', ')
    INTO uncovered
    FROM pg_catalog.pg_policies AS m
    WHERE
        m.schemaname = 'communication'
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
            HINT = 'Aplique V200031 (policies por escopo) e confira com pg_policies antes de repetir.';
    END IF;
END;
$$;

DROP POLICY threads_mvp_professional_select ON communication.threads;
DROP POLICY threads_mvp_professional_insert ON communication.threads;
DROP POLICY threads_mvp_professional_update ON communication.threads;
DROP POLICY threads_mvp_patient_select ON communication.threads;
DROP POLICY threads_mvp_patient_insert ON communication.threads;
DROP POLICY threads_mvp_patient_update ON communication.threads;
DROP POLICY messages_mvp_professional_select ON communication.messages;
DROP POLICY messages_mvp_professional_insert ON communication.messages;
DROP POLICY messages_mvp_professional_update ON communication.messages;
DROP POLICY messages_mvp_patient_select ON communication.messages;
DROP POLICY messages_mvp_patient_update ON communication.messages;
DROP POLICY messages_mvp_patient_insert ON communication.messages;
