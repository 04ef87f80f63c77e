-- migration
SET LOCAL lock_timeout = '5s';
SET LOCAL TimeZone = 'UTC';
ALTER TABLE core.people ALTER COLUMN name TYPE varchar(40);
ALTER TABLE core.people ALTER COLUMN name TYPE text;
ALTER TABLE core.people ALTER COLUMN height TYPE numeric(9, 2);
ALTER TABLE core.people ALTER COLUMN net TYPE inet;
ALTER TABLE core.people ALTER COLUMN seen TYPE timestamptz;
