-- also: lock-blocks-reads
-- migration
SET LOCAL lock_timeout = '5s';
CREATE TABLE core.events_2027_01 (LIKE core.events INCLUDING ALL);
ALTER TABLE core.events ATTACH PARTITION core.events_2027_01
FOR VALUES FROM ('2027-01-01') TO ('2027-02-01');
ALTER TABLE core.events DETACH PARTITION core.events_2026_01; -- expect
