-- migration
CREATE INDEX notes_weight_idx ON core.notes (weight); -- expect
CREATE UNIQUE INDEX tags_id_key ON core.tags (id); -- expect
