-- migration
SET LOCAL lock_timeout = '5s';
DROP FUNCTION core.note_count(); -- expect
