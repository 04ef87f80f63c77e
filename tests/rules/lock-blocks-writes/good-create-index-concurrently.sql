-- migration
CREATE INDEX CONCURRENTLY notes_weight_idx ON core.notes (weight);
CREATE UNIQUE INDEX CONCURRENTLY tags_id_key ON core.tags (id);
