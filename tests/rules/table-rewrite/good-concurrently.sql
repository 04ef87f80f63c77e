-- migration
REINDEX TABLE CONCURRENTLY core.people;
REINDEX INDEX CONCURRENTLY core.notes_person_id_idx;
VACUUM core.people;
