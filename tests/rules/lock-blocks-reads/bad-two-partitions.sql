-- migration
SET LOCAL lock_timeout = '5s';
CREATE TABLE core.events_2026_04 PARTITION OF core.events -- expect
FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
CREATE TABLE core.events_2026_05 PARTITION OF core.events -- expect
FOR VALUES FROM ('2026-05-01') TO ('2026-06-01');
