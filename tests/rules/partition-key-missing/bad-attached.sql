CREATE TABLE visits (id uuid NOT NULL, seen_at timestamptz NOT NULL) PARTITION BY RANGE (seen_at);
CREATE TABLE visits_2026_01 (
    id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT visits_2026_01_pkey PRIMARY KEY (id) -- expect
);
ALTER TABLE visits ATTACH PARTITION visits_2026_01
FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
