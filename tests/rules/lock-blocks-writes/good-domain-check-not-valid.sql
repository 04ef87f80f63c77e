-- migration
SET LOCAL lock_timeout = '5s';
ALTER DOMAIN core.grams ADD CONSTRAINT grams_check CHECK (VALUE > 0) NOT VALID;
