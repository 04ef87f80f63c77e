CREATE TABLE plans (
    name text PRIMARY KEY,
    months integer NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE sites (name text NOT NULL);
-- seed
INSERT INTO plans (name, months) VALUES ('monthly', 1)
ON CONFLICT (name) DO UPDATE SET months = excluded.months, updated_at = clock_timestamp()
WHERE plans.months IS DISTINCT FROM excluded.months;
INSERT INTO sites (name)
SELECT wanted.name FROM (VALUES ('arm'), ('leg')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM sites AS s WHERE s.name = wanted.name);
