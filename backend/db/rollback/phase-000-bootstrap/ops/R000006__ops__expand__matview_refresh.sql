-- Desfaz V000006: remove a tarefa, as rotinas e o registro de matviews.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DELETE FROM ops.scheduled_jobs
WHERE job_name = 'refresh-matviews';

DROP VIEW ops.matview_health;
DROP PROCEDURE ops.refresh_due_matviews(timestamptz);
DROP FUNCTION ops.refresh_matview(text);
DROP TABLE ops.matviews;
