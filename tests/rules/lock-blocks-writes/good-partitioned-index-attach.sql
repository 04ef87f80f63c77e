CREATE INDEX events_what_idx ON ONLY core.events (what);
CREATE INDEX events_2026_01_what_idx ON core.events_2026_01 (what);
CREATE INDEX events_2026_02_what_idx ON core.events_2026_02 (what);
-- migration
SET LOCAL lock_timeout = '5s';
ALTER INDEX core.events_what_idx ATTACH PARTITION core.events_2026_01_what_idx;
ALTER INDEX core.events_what_idx ATTACH PARTITION core.events_2026_02_what_idx;
