CREATE TABLE plans (name text PRIMARY KEY, months integer NOT NULL);
-- seed
INSERT INTO plans (name, months) VALUES ('monthly', 1); -- expect
