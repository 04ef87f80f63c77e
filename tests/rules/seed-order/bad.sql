CREATE TABLE groups (name text PRIMARY KEY);
CREATE TABLE foods (name text PRIMARY KEY, group_name text NOT NULL REFERENCES groups (name));
-- seed
INSERT INTO foods (name, group_name) VALUES ('rice', 'cereals') ON CONFLICT DO NOTHING; -- expect
-- seed
INSERT INTO groups (name) VALUES ('cereals') ON CONFLICT DO NOTHING;
