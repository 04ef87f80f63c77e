-- O que faz: policies por escopo (profissional, paciente, leitura) dos protocolos, ao lado das do MVP, que elas vão
-- substituir na 1.2 (V300017).
-- O escopo do paciente fica mais estreito que o do MVP: não vê o que foi excluído.
-- Nos módulos, planos alimentares e planos de treino, o escopo do profissional não tem DELETE: a exclusão é lógica.
-- Por que é seguro: policies permissivas se somam, e nenhuma destas mostra ou deixa mudar linha que a do MVP já não
-- mostrasse ou deixasse; criar uma policy bloqueia a tabela por um instante, sem ler linhas.
-- O rollback remove as policies por escopo; as do MVP continuam de pé.
SET LOCAL lock_timeout = '5s';

CREATE POLICY protocols_professional_select ON protocol.protocols
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocols_professional_insert ON protocol.protocols
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocols_professional_update ON protocol.protocols
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocols_patient_select ON protocol.protocols
FOR SELECT TO korevitta_app
USING (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND status <> 'draft'
    AND deleted_at IS NULL
);

CREATE POLICY protocol_modules_professional_select ON protocol.protocol_modules
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_professional_insert ON protocol.protocol_modules
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_professional_update ON protocol.protocol_modules
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_patient_select ON protocol.protocol_modules
FOR SELECT TO korevitta_app
USING (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND deleted_at IS NULL
);

CREATE POLICY meal_plans_professional_select ON protocol.meal_plans
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_professional_insert ON protocol.meal_plans
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_professional_update ON protocol.meal_plans
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_patient_select ON protocol.meal_plans
FOR SELECT TO korevitta_app
USING (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND deleted_at IS NULL
);

CREATE POLICY meals_professional_select ON protocol.meals
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_professional_insert ON protocol.meals
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_professional_update ON protocol.meals
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_professional_delete ON protocol.meals
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_patient_select ON protocol.meals
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY meal_items_professional_select ON protocol.meal_items
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_professional_insert ON protocol.meal_items
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_professional_update ON protocol.meal_items
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_professional_delete ON protocol.meal_items
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_patient_select ON protocol.meal_items
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY training_plans_professional_select ON protocol.training_plans
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_professional_insert ON protocol.training_plans
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_professional_update ON protocol.training_plans
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_patient_select ON protocol.training_plans
FOR SELECT TO korevitta_app
USING (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND deleted_at IS NULL
);

CREATE POLICY training_sessions_professional_select ON protocol.training_sessions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_professional_insert ON protocol.training_sessions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_professional_update ON protocol.training_sessions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_professional_delete ON protocol.training_sessions
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_patient_select ON protocol.training_sessions
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

CREATE POLICY training_exercises_professional_select ON protocol.training_exercises
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_professional_insert ON protocol.training_exercises
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_professional_update ON protocol.training_exercises
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_professional_delete ON protocol.training_exercises
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_patient_select ON protocol.training_exercises
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
