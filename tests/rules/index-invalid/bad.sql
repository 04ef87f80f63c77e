CREATE TABLE visits (id uuid NOT NULL, seen_at timestamptz NOT NULL, PRIMARY KEY (id, seen_at))
PARTITION BY RANGE (seen_at);
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
CREATE INDEX visits_seen_at_idx ON ONLY visits (seen_at); -- expect
