-- migration
CREATE INDEX notes_weight_idx ON core.notes (weight); -- expect
CREATE INDEX notes_body_idx ON core.notes (body); -- expect
