-- CREATE, ALTER, DROP TYPE.

-- prologue

CREATE SCHEMA t;

CREATE SCHEMA other;

-- statements

CREATE TYPE t.state AS ENUM ('open', 'it''s closed');

ALTER TYPE t.state ADD VALUE 'held' BEFORE 'it''s closed';

ALTER TYPE t.state ADD VALUE IF NOT EXISTS 'held';

ALTER TYPE t.state ADD VALUE 'ended';

ALTER TYPE t.state RENAME VALUE 'ended' TO 'finished';

ALTER TYPE t.state OWNER TO korevitta_owner;

ALTER TYPE t.state RENAME TO status;

ALTER TYPE t.status SET SCHEMA other;

COMMENT ON TYPE other.status IS 'states';

CREATE TYPE t.nothing AS ENUM ();

CREATE TYPE t.address AS (street text COLLATE "C", number integer, "Odd" numeric(10, 2)[]);

ALTER TYPE t.address ADD ATTRIBUTE town varchar(40);

ALTER TYPE t.address DROP ATTRIBUTE number;

ALTER TYPE t.address ALTER ATTRIBUTE town TYPE varchar(80);

ALTER TYPE t.address ALTER ATTRIBUTE town TYPE text COLLATE "POSIX";

ALTER TYPE t.address RENAME ATTRIBUTE town TO city;

COMMENT ON COLUMN t.address.city IS 'where';

COMMENT ON TYPE t.address IS 'an address';

CREATE TYPE t.empty AS ();

CREATE TYPE t.nested AS (one t.address, many t.address[], state other.status);

ALTER TYPE t.nested OWNER TO korevitta_owner;

CREATE TYPE t.span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);

CREATE TYPE t.words AS RANGE (SUBTYPE = text, COLLATION = "C", MULTIRANGE_TYPE_NAME = t.many_words);

CREATE TYPE t.patterns AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops);

ALTER TYPE t.words RENAME TO phrases;

ALTER TYPE t.many_words RENAME TO many_phrases;

COMMENT ON TYPE t.span IS 'a range';

CREATE TYPE t.shell;

CREATE TYPE t.base;

CREATE FUNCTION t.base_in(cstring) RETURNS t.base LANGUAGE internal IMMUTABLE STRICT AS 'textin';

CREATE FUNCTION t.base_out(t.base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';

CREATE FUNCTION t.base_receive(internal) RETURNS t.base LANGUAGE internal STABLE STRICT AS 'textrecv';

CREATE FUNCTION t.base_send(t.base) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';

CREATE TYPE t.base (INPUT = t.base_in, OUTPUT = t.base_out, RECEIVE = t.base_receive, SEND = t.base_send, INTERNALLENGTH = VARIABLE, STORAGE = extended, CATEGORY = 'X', PREFERRED = true, DEFAULT = 'it''s', DELIMITER = ';', COLLATABLE = true);

ALTER TYPE t.base SET (STORAGE = external);

ALTER TYPE t.base SET (RECEIVE = NONE);

ALTER TYPE t.base SET (TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout);

ALTER TYPE t.base SET (ANALYZE = array_typanalyze);

CREATE TYPE t.small;

CREATE FUNCTION t.small_in(cstring) RETURNS t.small LANGUAGE internal IMMUTABLE STRICT AS 'int4in';

CREATE FUNCTION t.small_out(t.small) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';

CREATE TYPE t.small (INPUT = t.small_in, OUTPUT = t.small_out, LIKE = integer);

COMMENT ON TYPE t.small IS 'four bytes';

CREATE TYPE t.away AS ENUM ('a');

DROP TYPE t.away;

DROP TYPE IF EXISTS t.away;
