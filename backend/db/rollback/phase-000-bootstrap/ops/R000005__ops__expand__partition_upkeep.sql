-- Desfaz V000005: remove as tarefas, as rotinas e o registro de partições.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DELETE FROM ops.scheduled_jobs
WHERE job_name IN ('ensure-partitions', 'drop-expired-partitions');

DROP FUNCTION ops.partition_health();
DROP PROCEDURE ops.drop_expired_partitions(timestamptz);
DROP FUNCTION ops.drop_expired_table_partitions(text, timestamptz);
DROP PROCEDURE ops.ensure_partitions(timestamptz);
DROP FUNCTION ops.ensure_table_partitions(text, timestamptz);
DROP FUNCTION ops.secure_partitions(regclass);
DROP FUNCTION ops.secure_partition(regclass, regclass);
DROP VIEW ops.partitions;
DROP TABLE ops.partitioned_tables;
