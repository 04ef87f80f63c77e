-- Desfaz V200022: remove a coluna; o CHECK sai com ela.
SET LOCAL lock_timeout = '5s';

ALTER TABLE core.patients DROP COLUMN time_zone;
