-- Desfaz V300005: a trilha sai com todas as partições (também as que a manutenção criou) e a linha do registro.
SET LOCAL lock_timeout = '5s';

DELETE FROM ops.partitioned_tables
WHERE table_name = 'audit.log';

DROP FUNCTION audit.record_read(text, uuid, uuid, text);
DROP FUNCTION audit.capture();
DROP TABLE audit.log;
DROP FUNCTION audit.refuse_change();
DROP TYPE audit.action;
