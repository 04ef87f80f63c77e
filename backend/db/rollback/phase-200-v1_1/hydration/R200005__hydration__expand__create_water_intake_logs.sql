-- Desfaz V200005: a tabela com todas as partições (também as que a manutenção criou) e a linha do registro.
SET LOCAL lock_timeout = '5s';

DELETE FROM ops.partitioned_tables
WHERE table_name = 'hydration.water_intake_logs';

DROP TABLE hydration.water_intake_logs;
DROP TYPE hydration.intake_source;
