ALTER TABLE core.notes
    ADD CONSTRAINT notes_person_id_fkey FOREIGN KEY (person_id) REFERENCES core.people (id) NOT VALID;
-- migration
ALTER TABLE core.notes VALIDATE CONSTRAINT notes_person_id_fkey;
