ALTER TABLE core.meals SET UNLOGGED;
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.meals SET LOGGED; -- expect
