-- Functions and procedures.

-- prologue

CREATE SCHEMA t;

CREATE EXTENSION pg_trgm WITH SCHEMA t;

CREATE TABLE t.a (id integer PRIMARY KEY, word text);

CREATE TYPE t.pair AS (a integer, b text);

-- statements

CREATE FUNCTION t.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';

CREATE OR REPLACE FUNCTION t.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';

CREATE OR REPLACE FUNCTION t.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';

CREATE FUNCTION t.f(a text) RETURNS text LANGUAGE sql AS $$SELECT a || '$'$$;

CREATE FUNCTION t.f(IN a integer, INOUT b text DEFAULT 'x', OUT c t.pair, VARIADIC d integer[] DEFAULT '{}') LANGUAGE plpgsql AS $body$
BEGIN
    c := NULL;
END
$body$;

CREATE FUNCTION t.rows_of() RETURNS SETOF t.a LANGUAGE sql STABLE ROWS 50 COST 20 AS 'TABLE t.a';

CREATE FUNCTION t.table_of(n integer) RETURNS TABLE (id integer, word text) LANGUAGE sql AS 'TABLE t.a';

CREATE FUNCTION t.of_row(one t.a) RETURNS text LANGUAGE sql IMMUTABLE RETURN one.word;

CREATE FUNCTION t.standard(n integer DEFAULT 1) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT count(*)::integer FROM t.a WHERE id > n; SELECT n * 2; END;

CREATE FUNCTION t.calls_it() RETURNS integer LANGUAGE sql RETURN t.standard(5);

CREATE FUNCTION t.anything(x anyelement, y anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT x';

CREATE FUNCTION t.every_option(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE SECURITY DEFINER COST 5 SET search_path = t, "$user", pg_temp SET work_mem = '10MB' SET DateStyle = 'ISO, DMY' AS 'SELECT $1';

CREATE FUNCTION t.no_path() RETURNS integer LANGUAGE sql SET search_path = '' AS 'SELECT 1';

CREATE FUNCTION t.quoted_path() RETURNS integer LANGUAGE sql SET search_path = 'Odd Name', t AS 'SELECT 1';

CREATE FUNCTION t.custom() RETURNS integer LANGUAGE sql SET app.name = 'it''s \ here' AS 'SELECT 1';

CREATE FUNCTION t.built_in(integer, integer) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'int4pl';

CREATE FUNCTION t.windowed() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';

CREATE FUNCTION t.supported(integer) RETURNS SETOF integer LANGUAGE internal SUPPORT generate_series_int4_support AS 'generate_series_int4';

CREATE FUNCTION t."Odd Name"("Arg" integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION t.dollars() RETURNS text LANGUAGE plpgsql AS $x$
BEGIN
    -- $$ and $_$ and $body$;
    RETURN '$function$';
END
$x$;

CREATE FUNCTION t.quotes() RETURNS text LANGUAGE sql AS 'SELECT ''it''''s \ ''';

ALTER FUNCTION t.f(integer) IMMUTABLE;

ALTER FUNCTION t.f(integer) STABLE STRICT;

ALTER FUNCTION t.f(integer) SECURITY DEFINER;

ALTER FUNCTION t.f(integer) LEAKPROOF;

ALTER FUNCTION t.f(integer) PARALLEL RESTRICTED;

ALTER FUNCTION t.f(integer) COST 7;

ALTER FUNCTION t.rows_of() ROWS 10;

ALTER FUNCTION t.supported(integer) SUPPORT generate_series_int8_support;

ALTER FUNCTION t.f(integer) SET statement_timeout = '1s';

ALTER FUNCTION t.f(integer) RESET statement_timeout;

ALTER FUNCTION t.every_option(text) RESET ALL;

ALTER FUNCTION t.f(integer) OWNER TO korevitta_owner;

ALTER FUNCTION t.f(text) RENAME TO g;

ALTER FUNCTION t.g(text) DEPENDS ON EXTENSION pg_trgm;

ALTER FUNCTION t.custom() DEPENDS ON EXTENSION pg_trgm;

ALTER FUNCTION t.custom() NO DEPENDS ON EXTENSION pg_trgm;

COMMENT ON FUNCTION t.f(integer) IS 'adds one';

CREATE PROCEDURE t.p(INOUT a integer, b text DEFAULT 'x') LANGUAGE plpgsql AS 'BEGIN COMMIT; END';

CREATE PROCEDURE t.q() LANGUAGE sql BEGIN ATOMIC INSERT INTO t.a VALUES (1, 'x'); DELETE FROM t.a WHERE id = 2; END;

ALTER PROCEDURE t.p(integer, text) SET lock_timeout = 5;

ALTER PROCEDURE t.p(integer, text) SECURITY DEFINER;

ALTER PROCEDURE t.q() OWNER TO korevitta_owner;

ALTER PROCEDURE t.q() RENAME TO r;

ALTER ROUTINE t.r() RENAME TO s;

COMMENT ON PROCEDURE t.s() IS 'does it';

COMMENT ON ROUTINE t.s() IS 'does it well';

DO 'BEGIN PERFORM 1; END';

CREATE SCHEMA u;

ALTER FUNCTION t.g(text) SET SCHEMA u;

DROP FUNCTION u.g(text);

DROP PROCEDURE t.s();

-- a default that calls a function which takes the table's own rows
CREATE FUNCTION t.next_id(one t.a) RETURNS integer LANGUAGE sql AS 'SELECT 1';

ALTER TABLE t.a ALTER COLUMN id SET DEFAULT t.next_id(NULL);

ALTER TABLE t.a ADD CONSTRAINT by_row CHECK (t.of_row(a) <> 'x');

CREATE DOMAIN t.guarded AS integer CHECK (t.built_in(VALUE, 1) > 0);
