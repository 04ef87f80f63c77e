-- O que faz: índice do quadro "tarefas do dia" do consultório, em uma tabela que já tem linhas.
-- Por que é seguro: CONCURRENTLY não bloqueia escritas; interrompido, executar de novo refaz o índice inválido.
-- O rollback remove o índice.
DROP INDEX CONCURRENTLY IF EXISTS daily.tasks_due_on_idx;
CREATE INDEX CONCURRENTLY tasks_due_on_idx ON daily.tasks (professional_id, due_on)
WHERE deleted_at IS NULL;
