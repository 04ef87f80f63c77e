CREATE TABLE offices (id uuid PRIMARY KEY);
CREATE TABLE clients (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL,
    name text NOT NULL,
    CONSTRAINT clients_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices (id) -- expect
);
CREATE INDEX clients_name_idx ON clients (name, office_id);
