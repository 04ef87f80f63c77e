CREATE TABLE groups (name text PRIMARY KEY);
CREATE TABLE foods (name text PRIMARY KEY, group_name text NOT NULL REFERENCES groups (name));
-- seed
INSERT INTO foods (name, group_name) -- expect
SELECT 'rice', name FROM groups WHERE name = 'cereals'
ON CONFLICT DO NOTHING;
-- seed
INSERT INTO groups (name) VALUES ('cereals') ON CONFLICT DO NOTHING;
