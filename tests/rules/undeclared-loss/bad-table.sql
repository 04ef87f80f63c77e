-- migration contract
DROP TABLE core.tags;
-- rollback
CREATE TABLE core.tags (id bigint NOT NULL, note_id bigint, label text);
