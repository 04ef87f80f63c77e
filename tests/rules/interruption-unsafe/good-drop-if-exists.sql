-- migration contract
DROP INDEX CONCURRENTLY IF EXISTS core.people_name_idx;
DROP INDEX CONCURRENTLY IF EXISTS core.notes_person_id_idx;
