CREATE TABLE visits (id uuid PRIMARY KEY, office text NOT NULL);
CREATE MATERIALIZED VIEW visits_by_office AS SELECT office, count(*) AS visits FROM visits GROUP BY office; -- expect
CREATE INDEX visits_by_office_idx ON visits_by_office (office);
