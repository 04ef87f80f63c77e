-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid(); -- expect
