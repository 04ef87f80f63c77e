-- also: expand-not-additive
CREATE TABLE core.events_default PARTITION OF core.events DEFAULT;
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.events DETACH PARTITION core.events_2026_01; -- expect
