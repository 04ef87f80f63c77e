-- O que faz: policies por escopo (profissional, paciente, leitura) das tarefas do dia, ao lado das do MVP, que elas vão
-- substituir na 1.2 (V300019).
-- O escopo do paciente fica mais estreito que o do MVP: não vê tarefas excluídas; o do profissional não tem DELETE nas
-- tarefas, porque a exclusão é lógica.
-- Por que é seguro: policies permissivas se somam, e nenhuma destas mostra ou deixa mudar linha que a do MVP já não
-- mostrasse ou deixasse; criar uma policy bloqueia a tabela por um instante, sem ler linhas.
-- O rollback remove as policies por escopo; as do MVP continuam de pé.
SET LOCAL lock_timeout = '5s';

CREATE POLICY tasks_professional_select ON daily.tasks
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_professional_insert ON daily.tasks
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_professional_update ON daily.tasks
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_patient_select ON daily.tasks
FOR SELECT TO korevitta_app
USING (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND deleted_at IS NULL
);

CREATE POLICY task_completions_professional_select ON daily.task_completions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY task_completions_professional_insert ON daily.task_completions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY task_completions_professional_update ON daily.task_completions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY task_completions_professional_delete ON daily.task_completions
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY task_completions_patient_select ON daily.task_completions
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY task_completions_patient_insert ON daily.task_completions
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY task_completions_patient_update ON daily.task_completions
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY task_completions_patient_delete ON daily.task_completions
FOR DELETE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
