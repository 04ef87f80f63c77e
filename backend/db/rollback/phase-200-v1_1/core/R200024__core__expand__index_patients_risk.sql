-- Desfaz V200024: remove o índice, sem bloquear escritas.
DROP INDEX CONCURRENTLY IF EXISTS core.patients_risk_score_idx;
