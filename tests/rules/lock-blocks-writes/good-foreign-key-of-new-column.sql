-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD COLUMN author_id bigint REFERENCES core.people (id);
