ALTER TABLE core.people ADD CONSTRAINT people_name_key UNIQUE (name);
ALTER TABLE core.events ADD COLUMN person_id bigint CONSTRAINT events_person_id_fkey REFERENCES core.people (id);
ALTER TABLE core.events_2026_03 ADD COLUMN person_id bigint CONSTRAINT events_person_id_fkey REFERENCES core.people (id);
ALTER TABLE core.events_2026_03
    ADD CONSTRAINT events_2026_03_bounds CHECK (at IS NOT NULL AND at >= '2026-03-01' AND at < '2026-04-01');
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.events
    ATTACH PARTITION core.events_2026_03 FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
ALTER TABLE core.events_2026_03 DROP CONSTRAINT events_2026_03_bounds;
