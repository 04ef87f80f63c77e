CREATE TABLE plans (id uuid PRIMARY KEY); -- expect
GRANT SELECT ON plans TO PUBLIC;
