-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags RENAME TO labels; -- expect
