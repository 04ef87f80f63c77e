-- migration
SET LOCAL lock_timeout = '5s';
CREATE OR REPLACE VIEW core.short_notes WITH (security_invoker = TRUE) AS -- expect
SELECT id, body FROM core.notes WHERE weight < 10;
