-- O que faz: policies por escopo (profissional, paciente, leitura) das conversas, ao lado das do MVP, que elas vão
-- substituir na 1.2 (V300020).
-- Por que é seguro: policies permissivas se somam, e nenhuma destas mostra ou deixa mudar linha que a do MVP já não
-- mostrasse ou deixasse; criar uma policy bloqueia a tabela por um instante, sem ler linhas.
-- O rollback remove as policies por escopo; as do MVP continuam de pé.
SET LOCAL lock_timeout = '5s';

CREATE POLICY threads_professional_select ON communication.threads
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY threads_professional_insert ON communication.threads
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY threads_professional_update ON communication.threads
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY threads_patient_select ON communication.threads
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY threads_patient_insert ON communication.threads
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY threads_patient_update ON communication.threads
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY messages_professional_select ON communication.messages
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_professional_insert ON communication.messages
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_professional_update ON communication.messages
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_patient_select ON communication.messages
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY messages_patient_update ON communication.messages
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY messages_patient_insert ON communication.messages
FOR INSERT TO korevitta_app
WITH CHECK (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND sender_kind = 'patient'
    AND sender_user_id = (SELECT app.current_patient_user_id())
);
