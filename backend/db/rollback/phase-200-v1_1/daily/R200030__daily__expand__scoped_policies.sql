-- Desfaz V200030: as policies por escopo saem; valem de novo só as do MVP.
SET LOCAL lock_timeout = '5s';

DROP POLICY task_completions_patient_delete ON daily.task_completions;
DROP POLICY task_completions_patient_update ON daily.task_completions;
DROP POLICY task_completions_patient_insert ON daily.task_completions;
DROP POLICY task_completions_patient_select ON daily.task_completions;
DROP POLICY task_completions_professional_delete ON daily.task_completions;
DROP POLICY task_completions_professional_update ON daily.task_completions;
DROP POLICY task_completions_professional_insert ON daily.task_completions;
DROP POLICY task_completions_professional_select ON daily.task_completions;
DROP POLICY tasks_patient_select ON daily.tasks;
DROP POLICY tasks_professional_update ON daily.tasks;
DROP POLICY tasks_professional_insert ON daily.tasks;
DROP POLICY tasks_professional_select ON daily.tasks;
