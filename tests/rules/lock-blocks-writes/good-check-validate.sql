ALTER TABLE core.notes ADD CONSTRAINT notes_weight_check CHECK (weight > 0) NOT VALID;
-- migration
ALTER TABLE core.notes VALIDATE CONSTRAINT notes_weight_check;
