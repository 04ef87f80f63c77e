-- migration
SET LOCAL lock_timeout = '5s';
TRUNCATE core.meals; -- expect
