-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags ADD CONSTRAINT tags_id_key UNIQUE (id); -- expect
