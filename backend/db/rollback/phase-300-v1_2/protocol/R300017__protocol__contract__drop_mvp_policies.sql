-- Desfaz V300017: as policies do MVP voltam, ao lado das de escopo, com o privilégio de DELETE.
SET LOCAL lock_timeout = '5s';

GRANT DELETE ON TABLE protocol.protocol_modules TO korevitta_app;
GRANT DELETE ON TABLE protocol.meal_plans TO korevitta_app;
GRANT DELETE ON TABLE protocol.training_plans TO korevitta_app;

CREATE POLICY protocols_mvp_professional_select ON protocol.protocols
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocols_mvp_professional_insert ON protocol.protocols
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocols_mvp_professional_update ON protocol.protocols
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocols_mvp_patient_select ON protocol.protocols
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND status <> 'draft');

CREATE POLICY protocol_modules_mvp_professional_select ON protocol.protocol_modules
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_mvp_professional_insert ON protocol.protocol_modules
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_mvp_professional_update ON protocol.protocol_modules
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_mvp_professional_delete ON protocol.protocol_modules
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_mvp_patient_select ON protocol.protocol_modules
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY meal_plans_mvp_professional_select ON protocol.meal_plans
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_mvp_professional_insert ON protocol.meal_plans
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_mvp_professional_update ON protocol.meal_plans
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_mvp_professional_delete ON protocol.meal_plans
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_mvp_patient_select ON protocol.meal_plans
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY meals_mvp_professional_select ON protocol.meals
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_mvp_professional_insert ON protocol.meals
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_mvp_professional_update ON protocol.meals
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_mvp_professional_delete ON protocol.meals
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_mvp_patient_select ON protocol.meals
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY meal_items_mvp_professional_select ON protocol.meal_items
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_mvp_professional_insert ON protocol.meal_items
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_mvp_professional_update ON protocol.meal_items
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_mvp_professional_delete ON protocol.meal_items
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_mvp_patient_select ON protocol.meal_items
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY training_plans_mvp_professional_select ON protocol.training_plans
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_mvp_professional_insert ON protocol.training_plans
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_mvp_professional_update ON protocol.training_plans
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_mvp_professional_delete ON protocol.training_plans
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_mvp_patient_select ON protocol.training_plans
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY training_sessions_mvp_professional_select ON protocol.training_sessions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_mvp_professional_insert ON protocol.training_sessions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_mvp_professional_update ON protocol.training_sessions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_mvp_professional_delete ON protocol.training_sessions
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_mvp_patient_select ON protocol.training_sessions
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY training_exercises_mvp_professional_select ON protocol.training_exercises
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_mvp_professional_insert ON protocol.training_exercises
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_mvp_professional_update ON protocol.training_exercises
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_mvp_professional_delete ON protocol.training_exercises
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_mvp_patient_select ON protocol.training_exercises
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
