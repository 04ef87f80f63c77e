-- migration contract
ALTER TABLE core.tags DROP CONSTRAINT tags_note_id_fkey; -- expect
