-- Desfaz V200008: remove o índice, sem bloquear escritas.
DROP INDEX CONCURRENTLY IF EXISTS core.goals_scope_key;
