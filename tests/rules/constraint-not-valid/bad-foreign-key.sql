CREATE TABLE offices (id uuid PRIMARY KEY);
CREATE TABLE clients (id uuid PRIMARY KEY, office_id uuid);
CREATE INDEX clients_office_id_idx ON clients (office_id);
ALTER TABLE clients
ADD CONSTRAINT clients_office_id_fkey FOREIGN KEY (office_id) REFERENCES offices (id) NOT VALID; -- expect
