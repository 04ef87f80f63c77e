-- migration
DROP INDEX CONCURRENTLY IF EXISTS core.notes_weight_idx;
CREATE INDEX CONCURRENTLY notes_weight_idx ON core.notes (weight);
