-- migration
SET LOCAL lock_timeout = '5s';
DROP FUNCTION core.note_count();
CREATE FUNCTION core.note_count() RETURNS int LANGUAGE sql STABLE AS 'SELECT 7'; -- expect
