CREATE SCHEMA side;
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes RENAME COLUMN body TO contents; -- expect
ALTER TABLE core.empty RENAME TO void; -- expect
ALTER INDEX core.people_name_idx RENAME TO people_by_name_idx; -- expect
ALTER TABLE core.tags RENAME CONSTRAINT tags_note_id_fkey TO tags_notes_fkey; -- expect
ALTER FUNCTION core.nothing() RENAME TO nil; -- expect
ALTER SCHEMA side RENAME TO aside; -- expect
