-- Desfaz V300018: as policies do MVP voltam, ao lado das de escopo.
SET LOCAL lock_timeout = '5s';

CREATE POLICY forms_mvp_professional_select ON checkin.forms
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_mvp_professional_insert ON checkin.forms
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_mvp_professional_update ON checkin.forms
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_mvp_patient_select ON checkin.forms
FOR SELECT TO korevitta_app
USING (professional_id = any((SELECT core.current_patient_professional_ids())::uuid[]));

CREATE POLICY schedules_mvp_professional_select ON checkin.schedules
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_mvp_professional_insert ON checkin.schedules
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_mvp_professional_update ON checkin.schedules
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_mvp_patient_select ON checkin.schedules
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY checkins_mvp_professional_select ON checkin.checkins
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_mvp_professional_insert ON checkin.checkins
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_mvp_professional_update ON checkin.checkins
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_mvp_patient_select ON checkin.checkins
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY checkins_mvp_patient_insert ON checkin.checkins
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL);
CREATE POLICY checkins_mvp_patient_update ON checkin.checkins
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL)
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL);
