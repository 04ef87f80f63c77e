CREATE UNIQUE INDEX tags_id_key ON core.tags (id);
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags ADD CONSTRAINT tags_id_key UNIQUE USING INDEX tags_id_key;
