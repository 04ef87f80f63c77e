-- migration
SET LOCAL lock_timeout = '5s';
DROP VIEW core.short_notes; -- expect
