-- Desfaz V300019: as policies do MVP voltam, ao lado das de escopo, com o privilégio de DELETE.
SET LOCAL lock_timeout = '5s';

GRANT DELETE ON TABLE daily.tasks TO korevitta_app;

CREATE POLICY tasks_mvp_professional_select ON daily.tasks
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_mvp_professional_insert ON daily.tasks
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_mvp_professional_update ON daily.tasks
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_mvp_professional_delete ON daily.tasks
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_mvp_patient_select ON daily.tasks
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY task_completions_mvp_professional_select ON daily.task_completions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY task_completions_mvp_professional_insert ON daily.task_completions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY task_completions_mvp_professional_update ON daily.task_completions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY task_completions_mvp_professional_delete ON daily.task_completions
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY task_completions_mvp_patient_select ON daily.task_completions
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY task_completions_mvp_patient_insert ON daily.task_completions
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY task_completions_mvp_patient_update ON daily.task_completions
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY task_completions_mvp_patient_delete ON daily.task_completions
FOR DELETE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
