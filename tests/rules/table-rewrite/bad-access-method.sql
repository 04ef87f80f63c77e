-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people SET ACCESS METHOD heap_again; -- expect
