-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN loud text GENERATED ALWAYS AS (upper(nick)) STORED; -- expect
