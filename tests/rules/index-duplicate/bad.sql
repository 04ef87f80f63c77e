CREATE TABLE clients (id uuid PRIMARY KEY, email text NOT NULL, name text NOT NULL);
CREATE INDEX clients_name_idx ON clients (name); -- expect
CREATE INDEX clients_name_again_idx ON clients (name);
