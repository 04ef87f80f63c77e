CREATE TABLE plans (name text NOT NULL, months integer NOT NULL);
-- seed
INSERT INTO plans (name, months) VALUES -- expect
('monthly', 1),
('yearly', 12);
