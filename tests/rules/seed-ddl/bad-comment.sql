CREATE TABLE plans (name text PRIMARY KEY);
-- seed
COMMENT ON TABLE plans IS 'what is sold'; -- expect
INSERT INTO plans (name) VALUES ('monthly') ON CONFLICT DO NOTHING;
