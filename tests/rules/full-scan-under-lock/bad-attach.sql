-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.events -- expect
    ATTACH PARTITION core.events_2026_03 FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
