CREATE TABLE foods (name text PRIMARY KEY);
-- seed
INSERT INTO foods (name, kilocalories) VALUES ('rice', 130) ON CONFLICT DO NOTHING; -- expect
-- phase
ALTER TABLE foods ADD COLUMN kilocalories integer;
-- seed
INSERT INTO foods (name, kilocalories) VALUES ('beans', 77) ON CONFLICT DO NOTHING;
