SET LOCAL lock_timeout = '5s';
CREATE INDEX CONCURRENTLY notes_tag_id_idx ON core.notes (tag_id); -- expect
