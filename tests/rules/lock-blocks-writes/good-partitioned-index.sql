-- migration
SET LOCAL lock_timeout = '5s';
CREATE INDEX events_what_idx ON ONLY core.events (what);
