-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes -- expect
    ADD CONSTRAINT notes_person_id_fkey FOREIGN KEY (person_id) REFERENCES core.people (id);
