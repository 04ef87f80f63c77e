CREATE TABLE clients (
    id uuid PRIMARY KEY,
    email text NOT NULL,
    CONSTRAINT clients_email_key UNIQUE (email)
);
CREATE INDEX clients_email_idx ON clients (email); -- expect
