-- migration
CREATE INDEX CONCURRENTLY notes_weight_idx ON core.notes (weight); -- expect
