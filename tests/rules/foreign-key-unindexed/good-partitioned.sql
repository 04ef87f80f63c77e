CREATE TABLE clients (id uuid PRIMARY KEY);
CREATE TABLE visits (
    id uuid NOT NULL,
    client_id uuid NOT NULL REFERENCES clients (id),
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (id, seen_at)
) PARTITION BY RANGE (seen_at);
CREATE TABLE visits_old PARTITION OF visits FOR VALUES FROM (MINVALUE) TO ('2026-01-01 00:00+00');
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
CREATE INDEX visits_client_id_idx ON visits (client_id);
