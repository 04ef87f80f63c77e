ALTER TABLE core.notes ADD COLUMN tag_id bigint;
CREATE INDEX CONCURRENTLY notes_tag_id_idx ON core.notes (tag_id); -- expect
