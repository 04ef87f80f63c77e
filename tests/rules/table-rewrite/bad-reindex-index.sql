-- migration
SET LOCAL lock_timeout = '5s';
REINDEX INDEX core.people_name_idx; -- expect
