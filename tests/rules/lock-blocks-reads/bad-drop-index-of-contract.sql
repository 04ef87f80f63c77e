-- migration contract
SET LOCAL lock_timeout = '5s';
DROP INDEX core.notes_person_id_idx; -- expect
