-- Desfaz V000007: remove o registro de backfills e suas rotinas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP FUNCTION ops.restart_backfill(text);
DROP FUNCTION ops.stop_backfill(text);
DROP PROCEDURE ops.run_backfill(text, integer, integer);
DROP TABLE ops.backfill_jobs;
DROP TYPE ops.backfill_status;
