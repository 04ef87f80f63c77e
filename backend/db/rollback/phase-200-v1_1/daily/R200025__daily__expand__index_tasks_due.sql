-- Desfaz V200025: remove o índice, sem bloquear escritas.
DROP INDEX CONCURRENTLY IF EXISTS daily.tasks_due_on_idx;
