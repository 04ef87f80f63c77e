CREATE TABLE visits (id uuid NOT NULL, ticket integer NOT NULL, seen_at timestamptz NOT NULL, PRIMARY KEY (id, seen_at))
PARTITION BY RANGE (seen_at);
CREATE TABLE visits_2026_01 PARTITION OF visits FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
CREATE UNIQUE INDEX visits_2026_01_ticket_idx ON visits_2026_01 (ticket, seen_at);
CREATE INDEX visits_2026_01_id_idx ON visits_2026_01 (id);
CREATE UNIQUE INDEX visits_ticket_idx ON visits (seen_at, ticket);
