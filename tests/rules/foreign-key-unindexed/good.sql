CREATE TABLE offices (id uuid PRIMARY KEY);
CREATE TABLE clients (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    adviser_id uuid REFERENCES clients (id),
    UNIQUE (office_id, id)
);
CREATE INDEX clients_adviser_id_idx ON clients (adviser_id) WHERE adviser_id IS NOT NULL;
CREATE TABLE visits (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL,
    client_id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    FOREIGN KEY (office_id, client_id) REFERENCES clients (office_id, id)
);
-- client_id identifies the parent by itself; the tenant only travels along.
CREATE INDEX visits_client_id_idx ON visits (client_id, seen_at);
