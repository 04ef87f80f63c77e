-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN made timestamptz NOT NULL DEFAULT now();
ALTER TABLE core.people ADD COLUMN state text NOT NULL DEFAULT 'new';
ALTER TABLE core.people ADD COLUMN size int;
ALTER TABLE core.people ADD COLUMN loud boolean NOT NULL DEFAULT false;
ALTER TABLE core.people ADD COLUMN token uuid;
ALTER TABLE core.people ALTER COLUMN token SET DEFAULT gen_random_uuid();
