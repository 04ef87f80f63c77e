CREATE TABLE plans (
    name text PRIMARY KEY,
    months integer NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
-- seed
INSERT INTO plans (name, months) VALUES ('monthly', 1) -- expect
ON CONFLICT (name) DO UPDATE SET months = excluded.months, updated_at = clock_timestamp();
