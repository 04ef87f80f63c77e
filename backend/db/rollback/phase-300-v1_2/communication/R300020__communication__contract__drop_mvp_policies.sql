-- Desfaz V300020: as policies do MVP voltam, ao lado das de escopo.
SET LOCAL lock_timeout = '5s';

CREATE POLICY threads_mvp_professional_select ON communication.threads
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY threads_mvp_professional_insert ON communication.threads
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY threads_mvp_professional_update ON communication.threads
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY threads_mvp_patient_select ON communication.threads
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY threads_mvp_patient_insert ON communication.threads
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY threads_mvp_patient_update ON communication.threads
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY messages_mvp_professional_select ON communication.messages
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_mvp_professional_insert ON communication.messages
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_mvp_professional_update ON communication.messages
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_mvp_patient_select ON communication.messages
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY messages_mvp_patient_update ON communication.messages
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY messages_mvp_patient_insert ON communication.messages
FOR INSERT TO korevitta_app
WITH CHECK (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND sender_kind = 'patient'
    AND sender_user_id = (SELECT app.current_patient_user_id())
);
