CREATE TABLE clients (
    id uuid PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name text NOT NULL,
    deleted_at timestamptz
);
CREATE INDEX clients_name_idx ON clients (name);
CREATE INDEX clients_name_desc_idx ON clients (name DESC NULLS LAST);
CREATE INDEX clients_name_pattern_idx ON clients (name text_pattern_ops);
CREATE INDEX clients_name_live_idx ON clients (name) WHERE deleted_at IS NULL;
CREATE INDEX clients_lower_name_idx ON clients (lower(name));
CREATE INDEX clients_name_email_idx ON clients (name) INCLUDE (email);
CREATE INDEX clients_name_hash_idx ON clients USING hash (name);
