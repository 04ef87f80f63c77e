CREATE TABLE clients (
    office_id uuid NOT NULL,
    id uuid PRIMARY KEY,
    UNIQUE (office_id, id)
);
CREATE TABLE visits (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL,
    client_id uuid NOT NULL,
    CONSTRAINT visits_client_id_fkey FOREIGN KEY (office_id, client_id) REFERENCES clients (office_id, id) -- expect
);
CREATE INDEX visits_office_id_idx ON visits (office_id);
