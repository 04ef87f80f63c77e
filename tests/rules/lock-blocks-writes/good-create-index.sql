-- migration
CREATE TABLE core.fresh (id bigint PRIMARY KEY, note_id bigint);
INSERT INTO core.fresh SELECT id, id FROM core.notes;
CREATE INDEX fresh_note_id_idx ON core.fresh (note_id);
CREATE INDEX empty_amount_idx ON core.empty (amount);
