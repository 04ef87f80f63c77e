CREATE TABLE plans (name text PRIMARY KEY);
-- seed
INSERT INTO plans (name) VALUES ('monthly') ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS offers (name text PRIMARY KEY); -- expect
