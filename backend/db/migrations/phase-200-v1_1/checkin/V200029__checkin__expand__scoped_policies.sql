-- O que faz: policies por escopo (profissional, paciente, leitura) dos check-ins, ao lado das do MVP, que elas vão
-- substituir na 1.2 (V300018). O escopo do paciente fica mais estreito que o do MVP: não vê agendas nem formulários
-- excluídos. O escopo de leitura (BI) conhece o nome dos formulários, que não são linhas de pessoas.
-- Por que é seguro: policies permissivas se somam, e nenhuma destas mostra ou deixa mudar linha que a do MVP já não
-- mostrasse ou deixasse; criar uma policy bloqueia a tabela por um instante, sem ler linhas.
-- O rollback remove as policies por escopo; as do MVP continuam de pé.
SET LOCAL lock_timeout = '5s';

CREATE POLICY forms_professional_select ON checkin.forms
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_professional_insert ON checkin.forms
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_professional_update ON checkin.forms
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_patient_select ON checkin.forms
FOR SELECT TO korevitta_app
USING (
    professional_id = any((SELECT core.current_patient_professional_ids())::uuid[])
    AND deleted_at IS NULL
);

CREATE POLICY schedules_professional_select ON checkin.schedules
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_professional_insert ON checkin.schedules
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_professional_update ON checkin.schedules
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_patient_select ON checkin.schedules
FOR SELECT TO korevitta_app
USING (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND deleted_at IS NULL
);

CREATE POLICY checkins_professional_select ON checkin.checkins
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_professional_insert ON checkin.checkins
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_professional_update ON checkin.checkins
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_patient_select ON checkin.checkins
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY checkins_patient_insert ON checkin.checkins
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL);
CREATE POLICY checkins_patient_update ON checkin.checkins
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL)
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL);

CREATE POLICY forms_readonly_select ON checkin.forms
FOR SELECT TO korevitta_readonly
USING (deleted_at IS NULL);
GRANT SELECT (id, professional_id, form_template_id, name, is_active, created_at, deleted_at)
ON TABLE checkin.forms TO korevitta_readonly;
