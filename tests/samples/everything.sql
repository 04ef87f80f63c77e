-- Every kind of thing that a row must obey, in as few tables as it takes.
CREATE EXTENSION citext;
CREATE EXTENSION btree_gist;

CREATE TYPE mood AS ENUM ('calm', 'sad', 'happy');
CREATE TYPE pair AS (number integer, word text);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN address AS citext CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[a-z]{2,}$');
CREATE DOMAIN colour AS text NOT NULL CHECK (VALUE ~ '^#[0-9a-f]{6}$');

CREATE TABLE users (
    id uuid PRIMARY KEY,
    email address NOT NULL UNIQUE,
    login text NOT NULL CHECK (position('.' IN login) > 1),
    name varchar(20) NOT NULL CHECK (length(btrim(name)) > 0)
);
CREATE TABLE offices (
    id uuid PRIMARY KEY REFERENCES users (id),
    document text UNIQUE CHECK (document ~ '^\d{3}\.\d{3}\.\d{3}-\d{2}$'),
    shade colour,
    language char(5) NOT NULL CHECK (language ~ '^[[:lower:]]{2}-[[:upper:]]{2}$')
);
CREATE TABLE clients (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    user_id uuid REFERENCES users (id),
    number bigint GENERATED ALWAYS AS IDENTITY,
    risk smallint CHECK (risk BETWEEN 0 AND 100),
    sex char(1) CHECK (sex IN ('M', 'F')),
    born_on date CHECK (born_on > '1900-01-01' AND born_on <= CURRENT_DATE),
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    archived_at timestamptz,
    feeling mood,
    tags text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 5),
    weekdays smallint[] CHECK (weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]::smallint[] AND cardinality(weekdays) >= 1),
    both_ pair,
    price numeric(5, 2) CHECK (price >= 0),
    quantity positive,
    answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
    items jsonb CHECK (jsonb_typeof(items) = 'array' AND jsonb_array_length(items) > 0),
    hash bytea CHECK (octet_length(hash) = 32),
    host inet,
    net cidr,
    device macaddr,
    lasts interval CHECK (lasts > '0'),
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple', status)) STORED,
    words tsvector,
    period daterange CHECK (NOT isempty(period)),
    periods tstzmultirange,
    flags bit(8),
    code citext,
    starts_on date NOT NULL,
    ends_on date CHECK (ends_on > starts_on),
    place point,
    document xml,
    clock time,
    deleted_at timestamptz,
    CHECK ((status = 'archived') = (archived_at IS NOT NULL)),
    UNIQUE (office_id, id)
);
CREATE UNIQUE INDEX ON clients (office_id, lower(code::text)) WHERE deleted_at IS NULL;
CREATE TABLE plans (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL,
    client_id uuid NOT NULL,
    state mood NOT NULL,
    FOREIGN KEY (office_id, client_id) REFERENCES clients (office_id, id),
    UNIQUE (office_id, id)
);
CREATE UNIQUE INDEX ON plans (client_id) WHERE state = 'happy';
CREATE TABLE items (
    id serial PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    plan_id uuid NOT NULL,
    client_id uuid,
    kilograms numeric,
    pounds numeric,
    parent_id integer REFERENCES items (id),
    place smallint NOT NULL CHECK (place > 0),
    protein numeric(6, 2) NOT NULL,
    fat numeric(6, 2) NOT NULL,
    FOREIGN KEY (office_id, plan_id) REFERENCES plans (office_id, id),
    FOREIGN KEY (office_id, client_id) REFERENCES clients (office_id, id),
    CHECK (num_nonnulls(kilograms, pounds) = 1),
    CHECK (protein >= 0 AND fat >= 0 AND protein + fat <= 105),
    CHECK (parent_id <> id),
    UNIQUE (plan_id, place)
);
CREATE TABLE bookings (
    id integer PRIMARY KEY,
    room integer NOT NULL,
    during tstzrange NOT NULL CHECK (NOT isempty(during)),
    EXCLUDE USING gist (room WITH =, during WITH &&)
);
CREATE TABLE brandings (
    office_id uuid PRIMARY KEY REFERENCES offices (id),
    logo text CHECK (logo IS NULL OR logo LIKE 'https://%')
);
CREATE TABLE kinds (
    code text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]{1,30}$'),
    weight integer CHECK (weight > 0 OR weight IS NULL),
    low numeric(6, 2),
    high numeric(6, 2),
    month date NOT NULL CHECK (month = date_trunc('month', month)),
    CHECK (low IS NULL OR high IS NULL OR low < high),
    CHECK (num_nonnulls(low, high) >= 1)
);

-- References that go round: deferrable ones, a row's own, and a nullable way out.
CREATE TABLE hens (id integer PRIMARY KEY, egg_id integer NOT NULL);
CREATE TABLE eggs (id integer PRIMARY KEY, hen_id integer NOT NULL REFERENCES hens (id));
ALTER TABLE hens ADD FOREIGN KEY (egg_id) REFERENCES eggs (id) DEFERRABLE;
CREATE TABLE roots (id integer PRIMARY KEY, above integer NOT NULL REFERENCES roots (id));
CREATE TABLE lefts (id integer PRIMARY KEY, right_id integer);
CREATE TABLE rights (id integer PRIMARY KEY, left_id integer NOT NULL REFERENCES lefts (id));
ALTER TABLE lefts ADD FOREIGN KEY (right_id) REFERENCES rights (id);

CREATE TABLE visits (
    id uuid,
    office_id uuid NOT NULL,
    client_id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    reviewed_at timestamptz CHECK (reviewed_at >= seen_at),
    PRIMARY KEY (id, seen_at),
    FOREIGN KEY (office_id, client_id) REFERENCES clients (office_id, id)
) PARTITION BY RANGE (seen_at);
CREATE TABLE visits_2026_01 PARTITION OF visits
FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
CREATE TABLE visits_2026_02 PARTITION OF visits
FOR VALUES FROM ('2026-02-01 00:00+00') TO ('2026-03-01 00:00+00');
CREATE TABLE visits_default PARTITION OF visits DEFAULT;
CREATE TABLE reviews (
    id integer PRIMARY KEY,
    visit_id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    FOREIGN KEY (visit_id, seen_at) REFERENCES visits (id, seen_at),
    UNIQUE (visit_id, seen_at)
);
CREATE TABLE regions (id integer, region text NOT NULL, PRIMARY KEY (id, region))
PARTITION BY LIST (region);
CREATE TABLE regions_coast PARTITION OF regions FOR VALUES IN ('sp', 'rj');
CREATE TABLE regions_inland PARTITION OF regions FOR VALUES IN ('mg') PARTITION BY HASH (id);
CREATE TABLE regions_inland_0 PARTITION OF regions_inland FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE regions_inland_1 PARTITION OF regions_inland FOR VALUES WITH (MODULUS 2, REMAINDER 1);

-- A trigger that lets two of three rows in.
CREATE TABLE limited (id integer PRIMARY KEY, number integer NOT NULL);
CREATE FUNCTION refuse_threes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number % 3 = 0 THEN
        RAISE EXCEPTION 'not by three';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER limited_threes BEFORE INSERT ON limited FOR EACH ROW EXECUTE FUNCTION refuse_threes();
