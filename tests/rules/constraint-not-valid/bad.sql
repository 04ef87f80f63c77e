CREATE TABLE clients (id uuid PRIMARY KEY, name text);
ALTER TABLE clients ADD CONSTRAINT clients_name_check CHECK (name <> '') NOT VALID; -- expect
