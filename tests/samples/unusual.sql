-- Names that must be quoted, types made of types, and checks that are read only in part.
CREATE SCHEMA "Odd Schema";
SET search_path = "Odd Schema";
CREATE TYPE "Kind" AS ENUM ('a', 'b', 'c');
CREATE DOMAIN cents AS bigint CHECK (VALUE >= 0 AND VALUE < 10000000);
CREATE DOMAIN document AS char(11) CHECK (VALUE ~ '^[0-9]{11}$');
CREATE DOMAIN slug AS text CHECK (VALUE = lower(VALUE) AND char_length(VALUE) BETWEEN 3 AND 40);
CREATE TYPE amount AS (value cents, unit text);
CREATE FUNCTION is_even(x integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN x % 2 = 0;
END;
$$;
CREATE TABLE nothing ();
CREATE TABLE "Mixed ""Case""" (
    "select" integer PRIMARY KEY,
    "Upper" text NOT NULL CHECK ("Upper" SIMILAR TO '(abc|def)%'),
    "a%b" integer CHECK ("a%b" % 2 = 0),
    kinds "Kind"[] NOT NULL,
    amounts amount[],
    document document UNIQUE,
    slug slug NOT NULL UNIQUE,
    even integer NOT NULL CHECK (is_even(even))
);
CREATE TABLE parents (id integer PRIMARY KEY, a integer NOT NULL);
CREATE TABLE children (b integer NOT NULL) INHERITS (parents);
CREATE UNLOGGED TABLE hours (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    began_at timestamp NOT NULL CHECK (began_at > '2020-01-01'),
    ended_at timestamp,
    CHECK (ended_at > began_at + interval '1 hour')
);
CREATE TABLE by_two (a integer NOT NULL, b date NOT NULL, v text) PARTITION BY RANGE (a, b);
CREATE TABLE by_two_1 PARTITION OF by_two FOR VALUES FROM (1, '2020-01-01') TO (10, '2020-01-01');
CREATE TABLE by_two_2 PARTITION OF by_two FOR VALUES FROM (10, '2020-01-01') TO (10, '2021-01-01');
CREATE TABLE hashed (id uuid PRIMARY KEY) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE by_month (id integer, at timestamptz NOT NULL)
PARTITION BY RANGE (date_trunc('month', at AT TIME ZONE 'UTC'));
CREATE TABLE by_month_half PARTITION OF by_month FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE by_month_default PARTITION OF by_month DEFAULT;
CREATE TABLE checks (
    id bigserial PRIMARY KEY,
    email text NOT NULL CHECK (email ~* '^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$'),
    url text CHECK (url LIKE 'https://%.com'),
    phone varchar(16) CHECK (phone ~ '^\+[1-9]\d{1,14}$'),
    share numeric(3, 2) CHECK (share > 0 AND share <= 1),
    latitude double precision CHECK (latitude BETWEEN -90 AND 90),
    times integer CHECK (times = ANY (ARRAY[1, 5, 10])),
    kind text CHECK (kind IS NULL OR kind IN ('x', 'y')),
    settings jsonb CHECK (settings ? 'version' AND jsonb_typeof(settings -> 'version') = 'string'),
    weekdays integer[] CHECK (0 < ALL (weekdays) AND 8 > ALL (weekdays)),
    starts_on date,
    ends_on date,
    zone text NOT NULL CHECK (now() AT TIME ZONE zone IS NOT NULL),
    period tstzrange CHECK (lower(period) < upper(period) AND NOT lower_inf(period)),
    month date CHECK (extract(DAY FROM month) = 1),
    postcode char(9) CHECK (postcode ~ '^[0-9]{5}-?[0-9]{3}$'),
    confirmed boolean CHECK (confirmed OR times IS NOT NULL),
    code text CHECK (code ~ '^[A-Z]{3}$' AND code <> 'AAA'),
    short text CHECK (octet_length(short) <= 12),
    words text[] CHECK (array_position(words, NULL) IS NULL),
    digest text CHECK (digest ~ '^[0-9a-f]{64}$'),
    CHECK (ends_on >= starts_on),
    CHECK ((starts_on IS NULL) = (ends_on IS NULL))
);
CREATE TABLE others (
    id integer PRIMARY KEY,
    parent uuid REFERENCES hashed (id),
    price cents NOT NULL DEFAULT 0,
    kind "Kind" UNIQUE
);
