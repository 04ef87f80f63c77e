CREATE TABLE offices (id uuid PRIMARY KEY);
CREATE TABLE clients (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT clients_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices (id) -- expect
);
CREATE INDEX clients_office_id_idx ON clients (office_id) WHERE deleted_at IS NULL;
