-- O que faz: índices das chaves estrangeiras da V200010, em uma tabela que já tem linhas.
-- Por que é seguro: CONCURRENTLY não bloqueia escritas; interrompido, executar de novo refaz o índice inválido.
-- O rollback remove os dois.
DROP INDEX CONCURRENTLY IF EXISTS protocol.protocols_template_id_idx;
CREATE INDEX CONCURRENTLY protocols_template_id_idx ON protocol.protocols (professional_id, template_id);
DROP INDEX CONCURRENTLY IF EXISTS protocol.protocols_goal_id_idx;
CREATE INDEX CONCURRENTLY protocols_goal_id_idx ON protocol.protocols (goal_id, professional_id, patient_id);
