-- Desfaz V300012. Sem CONCURRENTLY, que o PostgreSQL recusa em uma tabela com partição default: bloqueio exclusivo, por
-- um instante.
-- harness: allow sqlfluff:PRS -- a gramática do sqlfluff não aceita o schema no nome da partição; a do PostgreSQL, sim
SET LOCAL lock_timeout = '5s';

ALTER TABLE hydration.water_intake_logs
DETACH PARTITION hydration.water_intake_logs_2023;
