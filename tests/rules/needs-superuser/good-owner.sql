-- migration
UPDATE core.notes SET weight = 1;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA core;
