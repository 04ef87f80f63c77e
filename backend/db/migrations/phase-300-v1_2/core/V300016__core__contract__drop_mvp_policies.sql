-- O que faz: remove as policies do MVP dos pacientes e do cadastro: as de escopo, criadas na 1.1 (V200027), passam a
-- valer sozinhas.
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
        m.schemaname = 'core'
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
            HINT = 'Aplique V200027 (policies por escopo) e confira com pg_policies antes de repetir.';
    END IF;
END;
$$;

DROP POLICY patients_mvp_professional_select ON core.patients;
DROP POLICY patients_mvp_professional_insert ON core.patients;
DROP POLICY patients_mvp_professional_update ON core.patients;
DROP POLICY patients_mvp_patient_select ON core.patients;
DROP POLICY patient_invitations_mvp_professional_select ON core.patient_invitations;
DROP POLICY patient_invitations_mvp_professional_insert ON core.patient_invitations;
DROP POLICY patient_invitations_mvp_professional_update ON core.patient_invitations;
DROP POLICY consents_mvp_professional_select ON core.consents;
DROP POLICY consents_mvp_patient_select ON core.consents;
DROP POLICY consents_mvp_patient_insert ON core.consents;
DROP POLICY consents_mvp_patient_update ON core.consents;
DROP POLICY brandings_mvp_professional_select ON core.brandings;
DROP POLICY brandings_mvp_professional_insert ON core.brandings;
DROP POLICY brandings_mvp_professional_update ON core.brandings;
DROP POLICY brandings_mvp_professional_delete ON core.brandings;
DROP POLICY brandings_mvp_patient_select ON core.brandings;
DROP POLICY tags_mvp_professional_select ON core.tags;
DROP POLICY tags_mvp_professional_insert ON core.tags;
DROP POLICY tags_mvp_professional_update ON core.tags;
DROP POLICY tags_mvp_professional_delete ON core.tags;
DROP POLICY patient_tags_mvp_professional_select ON core.patient_tags;
DROP POLICY patient_tags_mvp_professional_insert ON core.patient_tags;
DROP POLICY patient_tags_mvp_professional_update ON core.patient_tags;
DROP POLICY patient_tags_mvp_professional_delete ON core.patient_tags;
DROP POLICY goals_mvp_professional_select ON core.goals;
DROP POLICY goals_mvp_professional_insert ON core.goals;
DROP POLICY goals_mvp_professional_update ON core.goals;
DROP POLICY goals_mvp_patient_select ON core.goals;
DROP POLICY risk_assessments_mvp_professional_select ON core.risk_assessments;
DROP POLICY risk_assessments_mvp_professional_insert ON core.risk_assessments;
