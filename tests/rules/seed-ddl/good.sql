CREATE TABLE plans (name text PRIMARY KEY);
-- seed
CREATE TEMPORARY TABLE wanted (name text) ON COMMIT DROP;
INSERT INTO wanted (name) VALUES ('monthly'), ('yearly');
INSERT INTO plans (name) SELECT name FROM wanted ON CONFLICT DO NOTHING;
