CREATE TABLE visits (id uuid PRIMARY KEY, office boolean NOT NULL);
CREATE MATERIALIZED VIEW visits_shown AS SELECT office, id::text AS visit FROM visits; -- expect
CREATE UNIQUE INDEX visits_shown_idx ON visits_shown (office);
