-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags ADD CONSTRAINT tags_id_excl EXCLUDE USING btree (id WITH =); -- expect
