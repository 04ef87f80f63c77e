-- migration
SET LOCAL lock_timeout = '5s';
SET LOCAL TimeZone = 'America/Sao_Paulo';
ALTER TABLE core.people ALTER COLUMN seen TYPE timestamptz; -- expect
