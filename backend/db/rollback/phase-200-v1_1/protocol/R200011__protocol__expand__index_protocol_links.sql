-- Desfaz V200011: remove os dois índices, sem bloquear escritas.
DROP INDEX CONCURRENTLY IF EXISTS protocol.protocols_goal_id_idx;
DROP INDEX CONCURRENTLY IF EXISTS protocol.protocols_template_id_idx;
