-- migration
CREATE TABLE core.fresh (id bigint PRIMARY KEY, person_id bigint REFERENCES core.people (id));
CREATE INDEX fresh_person_id_idx ON core.fresh (person_id);
