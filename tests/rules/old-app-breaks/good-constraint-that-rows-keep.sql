-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD CONSTRAINT notes_weight_check CHECK (weight > 0) NOT VALID;
ALTER TABLE core.notes ADD CONSTRAINT notes_person_id_fkey FOREIGN KEY (person_id) REFERENCES core.people (id) NOT VALID;
