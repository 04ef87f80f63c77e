-- migration
SET LOCAL lock_timeout = '5s';
DELETE FROM core.notes WHERE id > 70; -- expect
