-- Desfaz V300011: a tabela do histórico do piloto deixa de existir.
SET LOCAL lock_timeout = '5s';

DROP TABLE hydration.water_intake_logs_2023;
