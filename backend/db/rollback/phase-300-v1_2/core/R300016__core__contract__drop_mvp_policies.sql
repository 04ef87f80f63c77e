-- Desfaz V300016: as policies do MVP voltam, ao lado das de escopo.
SET LOCAL lock_timeout = '5s';

CREATE POLICY patients_mvp_professional_select ON core.patients
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_mvp_professional_insert ON core.patients
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_mvp_professional_update ON core.patients
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_mvp_patient_select ON core.patients
FOR SELECT TO korevitta_app
USING (user_id = (SELECT app.current_patient_user_id()) AND deleted_at IS NULL);

CREATE POLICY patient_invitations_mvp_professional_select ON core.patient_invitations
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_invitations_mvp_professional_insert ON core.patient_invitations
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_invitations_mvp_professional_update ON core.patient_invitations
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));

CREATE POLICY consents_mvp_professional_select ON core.consents
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY consents_mvp_patient_select ON core.consents
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY consents_mvp_patient_insert ON core.consents
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY consents_mvp_patient_update ON core.consents
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY brandings_mvp_professional_select ON core.brandings
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_mvp_professional_insert ON core.brandings
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_mvp_professional_update ON core.brandings
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_mvp_professional_delete ON core.brandings
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_mvp_patient_select ON core.brandings
FOR SELECT TO korevitta_app
USING (professional_id = any((SELECT core.current_patient_professional_ids())::uuid[]));

CREATE POLICY tags_mvp_professional_select ON core.tags
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_mvp_professional_insert ON core.tags
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_mvp_professional_update ON core.tags
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_mvp_professional_delete ON core.tags
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));

CREATE POLICY patient_tags_mvp_professional_select ON core.patient_tags
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_mvp_professional_insert ON core.patient_tags
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_mvp_professional_update ON core.patient_tags
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_mvp_professional_delete ON core.patient_tags
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));

CREATE POLICY goals_mvp_professional_select ON core.goals
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_mvp_professional_insert ON core.goals
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_mvp_professional_update ON core.goals
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_mvp_patient_select ON core.goals
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY risk_assessments_mvp_professional_select ON core.risk_assessments
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY risk_assessments_mvp_professional_insert ON core.risk_assessments
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
