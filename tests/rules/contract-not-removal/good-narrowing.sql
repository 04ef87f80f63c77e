-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD CONSTRAINT notes_weight_check CHECK (weight > 0) NOT VALID;
