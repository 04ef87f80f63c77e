-- migration contract
DROP INDEX CONCURRENTLY core.people_name_idx; -- expect
DROP INDEX CONCURRENTLY core.notes_person_id_idx; -- expect
