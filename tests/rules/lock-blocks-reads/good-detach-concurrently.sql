-- migration contract
ALTER TABLE core.events DETACH PARTITION core.events_2026_01 CONCURRENTLY;
