-- migration
SET LOCAL lock_timeout = '5s';
REINDEX TABLE core.people; -- expect
