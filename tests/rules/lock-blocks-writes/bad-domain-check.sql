-- migration
ALTER DOMAIN core.grams ADD CONSTRAINT grams_check CHECK (VALUE > 0); -- expect
