-- O que faz: índice da lista "pacientes em risco" do consultório, em uma tabela que já tem linhas.
-- Por que é seguro: CONCURRENTLY não bloqueia escritas; interrompido, executar de novo refaz o índice inválido.
-- O rollback remove o índice.
DROP INDEX CONCURRENTLY IF EXISTS core.patients_risk_score_idx;
CREATE INDEX CONCURRENTLY patients_risk_score_idx ON core.patients (professional_id, risk_score DESC)
WHERE deleted_at IS NULL AND status = 'active';
