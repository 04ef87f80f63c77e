CREATE TABLE visits (id uuid PRIMARY KEY, office boolean NOT NULL);
CREATE MATERIALIZED VIEW visits_by_office AS SELECT office, count(*) AS visits FROM visits GROUP BY office;
CREATE UNIQUE INDEX visits_by_office_idx ON visits_by_office (office);
CREATE MATERIALIZED VIEW visits_shown AS SELECT office, id FROM visits WITH NO DATA;
CREATE UNIQUE INDEX visits_shown_idx ON visits_shown (id);
CREATE INDEX visits_shown_office_idx ON visits_shown (office) WHERE office;
