CREATE TABLE groups (name text PRIMARY KEY);
CREATE TABLE foods (name text PRIMARY KEY, group_name text NOT NULL REFERENCES groups (name));
-- seed
INSERT INTO groups (name) VALUES ('cereals') ON CONFLICT DO NOTHING;
-- seed
INSERT INTO foods (name, group_name)
SELECT 'rice', name FROM groups WHERE name = 'cereals'
ON CONFLICT DO NOTHING;
-- phase
ALTER TABLE foods ADD COLUMN kilocalories integer;
-- seed
UPDATE foods SET kilocalories = 130 WHERE name = 'rice' AND kilocalories IS NULL;
