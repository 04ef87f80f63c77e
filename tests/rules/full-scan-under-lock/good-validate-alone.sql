ALTER TABLE core.notes ADD CONSTRAINT notes_weight_check CHECK (weight > 0) NOT VALID;
ALTER TABLE core.notes ADD CONSTRAINT notes_body_check CHECK (body <> '') NOT VALID;
-- migration
ALTER TABLE core.notes VALIDATE CONSTRAINT notes_weight_check;
ALTER TABLE core.notes VALIDATE CONSTRAINT notes_body_check;
