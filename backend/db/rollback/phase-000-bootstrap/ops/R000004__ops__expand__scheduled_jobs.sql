-- Desfaz V000004: remove o registro de tarefas agendadas e suas rotinas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP VIEW ops.scheduled_job_health;
DROP PROCEDURE ops.reconcile_scheduled_jobs();
DROP FUNCTION ops.job_finished(text, text);
DROP FUNCTION ops.job_started(text);
DROP TABLE ops.scheduled_jobs;
