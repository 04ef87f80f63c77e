-- migration contract
DROP INDEX CONCURRENTLY core.notes_person_id_idx;
