-- migration
CREATE INDEX CONCURRENTLY IF NOT EXISTS notes_weight_idx ON core.notes (weight); -- expect
