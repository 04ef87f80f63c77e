-- O que faz: policies por escopo (profissional, paciente, leitura) dos pacientes e do cadastro, ao lado das do MVP,
-- que elas vão substituir na 1.2 (V300016). O escopo do paciente fica mais estreito que o do MVP: não vê metas
-- excluídas.
-- Por que é seguro: policies permissivas se somam, e nenhuma destas mostra ou deixa mudar linha que a do MVP já não
-- mostrasse ou deixasse; criar uma policy bloqueia a tabela por um instante, sem ler linhas.
-- O rollback remove as policies por escopo; as do MVP continuam de pé.
SET LOCAL lock_timeout = '5s';

CREATE POLICY patients_professional_select ON core.patients
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_professional_insert ON core.patients
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_professional_update ON core.patients
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_patient_select ON core.patients
FOR SELECT TO korevitta_app
USING (user_id = (SELECT app.current_patient_user_id()) AND deleted_at IS NULL);

CREATE POLICY patient_invitations_professional_select ON core.patient_invitations
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_invitations_professional_insert ON core.patient_invitations
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_invitations_professional_update ON core.patient_invitations
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));

CREATE POLICY consents_professional_select ON core.consents
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY consents_patient_select ON core.consents
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY consents_patient_insert ON core.consents
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY consents_patient_update ON core.consents
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY brandings_professional_select ON core.brandings
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_professional_insert ON core.brandings
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_professional_update ON core.brandings
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_professional_delete ON core.brandings
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_patient_select ON core.brandings
FOR SELECT TO korevitta_app
USING (professional_id = any((SELECT core.current_patient_professional_ids())::uuid[]));

CREATE POLICY tags_professional_select ON core.tags
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_professional_insert ON core.tags
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_professional_update ON core.tags
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_professional_delete ON core.tags
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));

CREATE POLICY patient_tags_professional_select ON core.patient_tags
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_professional_insert ON core.patient_tags
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_professional_update ON core.patient_tags
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_professional_delete ON core.patient_tags
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));

CREATE POLICY goals_professional_select ON core.goals
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_professional_insert ON core.goals
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_professional_update ON core.goals
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_patient_select ON core.goals
FOR SELECT TO korevitta_app
USING (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND deleted_at IS NULL
);

CREATE POLICY risk_assessments_professional_select ON core.risk_assessments
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY risk_assessments_professional_insert ON core.risk_assessments
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
