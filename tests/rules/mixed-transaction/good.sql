DROP INDEX CONCURRENTLY IF EXISTS core.notes_tag_id_idx;
CREATE INDEX CONCURRENTLY notes_tag_id_idx ON core.notes (tag_id);
