CREATE TABLE plans (id uuid PRIMARY KEY);
GRANT SELECT ON plans TO PUBLIC; -- expect
