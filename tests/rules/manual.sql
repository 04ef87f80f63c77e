-- Statements of the kinds that PostgreSQL's manual shows, in their less usual forms. A server runs
-- all of them in one transaction, and no rule of statements finds anything in them.
CREATE SCHEMA shop;
CREATE SCHEMA IF NOT EXISTS lab AUTHORIZATION CURRENT_USER;
CREATE TABLE lab.trials (id int PRIMARY KEY, "end" date);
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE TYPE shop.mood AS ENUM ('sad', 'ok', 'it''s "fine"; really');
CREATE TYPE shop.pair AS (a int, b text COLLATE "C");
CREATE TYPE shop.span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
CREATE TYPE shop.shell;
CREATE DOMAIN shop.code AS varchar(10) DEFAULT 'x' CHECK (value ~ '^[a-z;]+$' AND length(value) > 0);
CREATE SEQUENCE shop.numbers AS smallint INCREMENT BY 2 MINVALUE 1 MAXVALUE 99 START WITH 3 CACHE 5 CYCLE;
CREATE TABLE shop.films (
    code char(5) CONSTRAINT firstkey PRIMARY KEY,
    title varchar(40) NOT NULL,
    did integer NOT NULL DEFAULT nextval('shop.numbers'),
    date_prod date,
    kind varchar(10),
    len interval HOUR TO MINUTE,
    tags text[][] DEFAULT '{}',
    price numeric(6, -2),
    "weird ""name""; here" int GENERATED ALWAYS AS (length(title)) STORED,
    at timestamp(3) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT con1 CHECK (did > 0 AND kind <> '') NO INHERIT,
    CONSTRAINT production UNIQUE NULLS NOT DISTINCT (date_prod) INCLUDE (title),
    EXCLUDE USING gist (int4range(did, did + 1) WITH &&) WHERE (did > 700)
) WITH (fillfactor = 70, autovacuum_enabled = off);
CREATE TABLE shop.measures (
    city int NOT NULL,
    day date NOT NULL,
    peak int,
    PRIMARY KEY (city, day)
) PARTITION BY RANGE (day);
CREATE TABLE shop.measures_2024 PARTITION OF shop.measures (peak DEFAULT 7, CHECK (peak < 99))
FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY HASH (city);
CREATE TABLE shop.measures_2024_0 PARTITION OF shop.measures_2024 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shop.measures_2024_1 PARTITION OF shop.measures_2024 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE shop.measures_rest PARTITION OF shop.measures DEFAULT;
CREATE TABLE shop.kinds (k text) PARTITION BY LIST (lower(k));
CREATE TABLE shop.kinds_a PARTITION OF shop.kinds FOR VALUES IN ('a', 'b', NULL);
CREATE TABLE shop.employees OF shop.pair (PRIMARY KEY (a), b WITH OPTIONS DEFAULT 'x;y');
CREATE UNLOGGED TABLE shop.heirs (extra jsonb) INHERITS (lab.trials);
CREATE TABLE shop.twin (LIKE shop.films INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMPORARY TABLE IF NOT EXISTS passing (id int, note text) ON COMMIT DELETE ROWS;
CREATE TABLE shop.copied (a, b) WITH (fillfactor = 50) AS SELECT 1, 'x' WITH NO DATA;
CREATE TABLE shop.rows_of AS VALUES (1, 'one'), (2, 'two');
CREATE TABLE shop.of_table AS TABLE shop.rows_of;
SELECT column1 AS a, column2 AS b, 3 AS c INTO shop.selected FROM (VALUES (1, 2)) AS v;
CREATE INDEX ON shop.films ((lower(title)) DESC NULLS LAST) INCLUDE (did) WHERE kind IS DISTINCT FROM 'x;y';
CREATE UNIQUE INDEX IF NOT EXISTS films_title ON shop.films USING btree (title COLLATE "C" text_pattern_ops);
CREATE INDEX measures_peak ON ONLY shop.measures (peak);
CREATE INDEX trials_end ON lab.trials USING brin ("end") WITH (pages_per_range = 4);
CREATE STATISTICS shop.together (dependencies, ndistinct) ON did, kind FROM shop.films;
CREATE VIEW shop.comedies WITH (security_barrier, security_invoker = true) AS
SELECT f.code, f.title, f.kind FROM shop.films AS f WHERE f.kind = 'Comedy'
WITH CASCADED CHECK OPTION;
CREATE OR REPLACE VIEW shop.universal (a, b) AS SELECT text 'x', 1::int;
CREATE RECURSIVE VIEW shop.hundred (n) AS
VALUES (1) UNION ALL SELECT n + 1 FROM hundred WHERE n < 100;
CREATE MATERIALIZED VIEW IF NOT EXISTS shop.totals (k, total) WITH (fillfactor = 80) AS
SELECT kind, count(*) FILTER (WHERE did > 3) FROM shop.films GROUP BY GROUPING SETS ((kind), ()) WITH NO DATA;
REFRESH MATERIALIZED VIEW shop.totals WITH DATA;
CREATE FUNCTION shop.add(integer, integer DEFAULT 1) RETURNS integer AS 'select $1 + $2;' LANGUAGE sql
IMMUTABLE LEAKPROOF RETURNS NULL ON NULL INPUT PARALLEL SAFE COST 5;
CREATE FUNCTION shop.dup(IN int, OUT f1 int, OUT f2 text) AS $$ SELECT $1, CAST($1 AS text) || ' is text' $$ LANGUAGE sql;
CREATE FUNCTION shop.many(VARIADIC parts text[]) RETURNS TABLE (part text, place bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT p.part, p.ordinality FROM unnest(parts) WITH ORDINALITY AS p (part, ordinality);
    SELECT CASE WHEN true THEN 'end;' ELSE 'begin' END, 1::bigint AS "END";
END;
CREATE OR REPLACE FUNCTION shop.half(x numeric) RETURNS numeric RETURN x / 2;
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $touch$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') AND NEW.title IS NULL THEN
        RAISE EXCEPTION '% of % cannot be null; sorry', TG_ARGV[0], TG_TABLE_NAME
            USING HINT = $h$write 'something'; anything$h$, ERRCODE = 'check_violation';
    END IF;
    NEW.title := coalesce(NEW.title, $$x$$) || E'\n' -- a comment with ' in it
        ';';
    RETURN NEW;
END;
$touch$;
CREATE PROCEDURE shop.move(INOUT n int, a text = 'x') LANGUAGE plpgsql AS $$
<<all_of_it>>
DECLARE
    n CONSTANT int := 1;
BEGIN
    move.n := all_of_it.n + length(a);
    COMMIT;
    ROLLBACK AND CHAIN;
END
$$;
CREATE AGGREGATE shop.product (numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
CREATE AGGREGATE shop.ranked (VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE OPERATOR shop.=== (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = numeric_eq, COMMUTATOR = OPERATOR(shop.===), NEGATOR = OPERATOR(shop.!==), RESTRICT = eqsel);
CREATE OPERATOR CLASS shop.mine FOR TYPE int4 USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int4, int4);
CREATE TRIGGER films_touch BEFORE INSERT OR UPDATE OF title, did ON shop.films
FOR EACH ROW WHEN (NEW.did > 0 AND NEW.title <> ';') EXECUTE FUNCTION shop.touch('title', '1', 'a;b');
CREATE CONSTRAINT TRIGGER later AFTER UPDATE ON shop.films DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE PROCEDURE shop.touch();
CREATE TRIGGER seen AFTER DELETE ON shop.films REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION shop.touch();
CREATE RULE notify_me AS ON UPDATE TO shop.rows_of DO ALSO NOTIFY shop_rows;
CREATE RULE keep AS ON DELETE TO shop.of_table
DO INSTEAD (INSERT INTO shop.rows_of VALUES (OLD.column1, ';'); NOTIFY kept; SELECT 1);
ALTER TABLE shop.films ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.films AS RESTRICTIVE FOR UPDATE TO PUBLIC
USING (did = current_setting('app.did', true)::int) WITH CHECK (did IN (SELECT s.a FROM shop.selected AS s));
ALTER TABLE shop.films
    ADD COLUMN IF NOT EXISTS note text COMPRESSION pglz,
    ALTER COLUMN note SET STORAGE EXTERNAL,
    ALTER COLUMN kind SET STATISTICS 500,
    ALTER COLUMN did DROP DEFAULT,
    ADD CONSTRAINT later_on FOREIGN KEY (did) REFERENCES lab.trials (id)
    MATCH FULL ON DELETE SET NULL (did) ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED NOT VALID,
    SET (fillfactor = 90),
    RESET (autovacuum_enabled),
    REPLICA IDENTITY FULL;
ALTER TABLE shop.films VALIDATE CONSTRAINT later_on;
ALTER TABLE IF EXISTS ONLY shop.films RENAME CONSTRAINT later_on TO at_last;
ALTER TABLE shop.films ALTER CONSTRAINT at_last NOT DEFERRABLE;
ALTER TABLE shop.films ALTER COLUMN price TYPE text USING 'R$ ' || price::text || ';';
ALTER TABLE shop.twin DROP COLUMN IF EXISTS "weird ""name""; here" CASCADE, DROP CONSTRAINT con1;
ALTER TABLE shop.measures DETACH PARTITION shop.measures_rest;
ALTER TABLE shop.measures ATTACH PARTITION shop.measures_rest FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
ALTER TABLE shop.employees NOT OF;
ALTER INDEX shop.films_title SET (fillfactor = 60);
ALTER INDEX shop.films_title RENAME TO films_by_title;
ALTER SEQUENCE shop.numbers OWNED BY shop.films.did RESTART WITH 9;
ALTER TYPE shop.mood ADD VALUE IF NOT EXISTS 'glad' BEFORE 'ok';
ALTER TYPE shop.mood RENAME VALUE 'sad' TO 'blue';
ALTER TYPE shop.pair RENAME ATTRIBUTE b TO c CASCADE;
ALTER DOMAIN shop.code ADD CONSTRAINT short CHECK (length(value) < 9) NOT VALID;
ALTER DOMAIN shop.code VALIDATE CONSTRAINT short;
ALTER FUNCTION shop.add(int, int) STABLE CALLED ON NULL INPUT SET work_mem TO '4MB' RESET ALL;
ALTER ROUTINE shop.half(numeric) RENAME TO halved;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER STATISTICS shop.together SET STATISTICS 50;
ALTER POLICY own ON shop.films RENAME TO owned;
ALTER VIEW shop.universal ALTER COLUMN b SET DEFAULT 7;
ALTER SCHEMA lab RENAME TO laboratory;
COMMENT ON TABLE shop.films IS 'it''s; "fine" $$ -- not a comment';
COMMENT ON COLUMN shop.films."weird ""name""; here" IS E'tab\t\'quoted\'; \\backslash\u00e7';
COMMENT ON FUNCTION shop.add(int, int) IS U&'d\0061ta; !';
COMMENT ON CONSTRAINT at_last ON shop.films IS $note$ $$ ; $x$ $note$;
COMMENT ON OPERATOR shop.=== (numeric, numeric) IS 'a'
    'b' -- and
    'c';
COMMENT ON AGGREGATE shop.product (numeric) IS NULL;
GRANT SELECT (code, title), INSERT ON shop.films TO CURRENT_USER WITH GRANT OPTION GRANTED BY CURRENT_USER;
GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA shop TO CURRENT_USER;
REVOKE GRANT OPTION FOR SELECT ON shop.films FROM CURRENT_USER CASCADE;
INSERT INTO laboratory.trials AS t (id, "end") OVERRIDING USER VALUE
VALUES (1, DEFAULT), (3, '2024-01-01'), (9, 'infinity') ON CONFLICT (id) WHERE id > 0
DO UPDATE SET ("end", id) = (excluded."end", DEFAULT) WHERE t.id <> excluded.id RETURNING *, t.ctid AS "at;";
INSERT INTO shop.rows_of SELECT * FROM generate_series(1, 3) AS g, LATERAL (SELECT g || ';') AS s (x);
INSERT INTO shop.copied DEFAULT VALUES;
WITH moved AS (DELETE FROM shop.rows_of WHERE column1 = 3 RETURNING *)
INSERT INTO shop.of_table SELECT * FROM moved;
UPDATE shop.selected AS s SET (a, b) = (SELECT 1, 2), c = DEFAULT WHERE s.a = 7;
MERGE INTO shop.selected AS s USING shop.rows_of AS r ON s.a = r.column1
WHEN MATCHED AND r.column1 > 1 THEN UPDATE SET b = s.b + 1
WHEN MATCHED THEN DO NOTHING
WHEN NOT MATCHED THEN INSERT (a) VALUES (r.column1);
SELECT DISTINCT ON (kind) kind, count(*) OVER w, rank() OVER (w ORDER BY did RANGE UNBOUNDED PRECEDING EXCLUDE TIES)
FROM ONLY shop.films TABLESAMPLE system (10) REPEATABLE (200)
WHERE (did, kind) IN ((1, 'a'), (2, 'b')) OR did = ANY (ARRAY[1, 2]) OR NOT EXISTS (SELECT FROM shop.kinds)
WINDOW w AS (PARTITION BY kind) ORDER BY kind USING ~<~, 2 NULLS FIRST LIMIT ALL OFFSET 0;
SELECT f.did FROM shop.films AS f, shop.selected FOR NO KEY UPDATE OF f NOWAIT FOR KEY SHARE OF selected SKIP LOCKED;
(SELECT 1 UNION ALL SELECT 2 EXCEPT (VALUES (3) INTERSECT SELECT 4)) ORDER BY 1 FETCH FIRST 5 ROWS WITH TIES;
SELECT * FROM ROWS FROM (generate_series(1, 2), json_to_recordset('[{"a":1}]') AS (a int, b text)) WITH ORDINALITY AS r (x, y, z, n);
WITH RECURSIVE t (n, path) AS (
    SELECT 1, ARRAY[1] UNION SELECT n + 1, path || n FROM t WHERE n < 5
) SEARCH DEPTH FIRST BY n SET ordercol CYCLE n SET is_cycle USING way
SELECT sum(n), array_agg(n ORDER BY path DESC), string_agg(n::text, ';') FROM t GROUP BY CUBE (is_cycle), ROLLUP (ordercol);
SELECT a[1:2], a[:2], a[1:], a[:], a[array_lower(a, 1):array_upper(a, 1)], a[i:i + 1], (a[1])::text FROM (SELECT ARRAY[1, 2, 3] AS a, 1 AS i) AS q;
SELECT '{"a": [1, {"b;": ":x"}]}'::jsonb #> '{a,1}' ->> 'b;', jsonb '{"a":1}' ? 'a', '[1,2]'::jsonb @? '$[*] ? (@ > 1)', ('{"a":1}'::jsonb)['a'];
SELECT jsonb_path_query('{"a":[1,2]}', 'strict $.a[*] ? (@ >= $min)', '{"min":2}'), make_interval(days := 1, hours => 2);
SELECT EXTRACT(epoch FROM now()), POSITION('a' IN 'ba'), SUBSTRING('abc' FROM 2 FOR 1), TRIM(BOTH 'x' FROM 'xax'), OVERLAY('abc' PLACING 'x' FROM 2), CAST('1' AS int), '2024-01-01'::date AT TIME ZONE 'UTC', INTERVAL '1' DAY, B'101' | X'5'::bit(3), 1::int4 OPERATOR(pg_catalog.+) 2;
SELECT 1 <> -1, 2 * -3, !! 'a'::tsquery, |/ 25.0, @ -5, 5 # 3, ~ 1, 'a' ~* 'A', 'a' !~~ 'b', 'x' || $q$;$q$, $$'$$, e'\'', 'C:\dir\';
SELECT CASE WHEN 1 = 1 THEN 'begin;' ELSE 'end' END AS "case", ROW(1, 'a;') AS "row", (ROW(1, 'a')::shop.pair).*, NULL::shop.mood IS NULL;
VALUES (1, 'a;b'), (2, $x$c;d$x$) ORDER BY 1;
TABLE shop.selected;
EXPLAIN (ANALYZE, COSTS off, FORMAT yaml) DELETE FROM shop.selected WHERE a = 1;
PREPARE by_code (char) AS SELECT * FROM shop.films WHERE code = $1;
EXECUTE by_code('x;');
DEALLOCATE PREPARE by_code;
DECLARE cur NO SCROLL CURSOR WITH HOLD FOR SELECT * FROM shop.films;
FETCH FORWARD 2 FROM cur;
MOVE RELATIVE -0 IN cur;
CLOSE cur;
COPY (SELECT 'a;b') TO STDOUT WITH (FORMAT csv, HEADER, DELIMITER ';', QUOTE '"', ESCAPE E'\\', FORCE_QUOTE *);
LOCK TABLE ONLY shop.selected IN SHARE ROW EXCLUSIVE MODE NOWAIT;
SAVEPOINT "commit";
SELECT 1;
ROLLBACK WORK TO SAVEPOINT "commit";
RELEASE "commit";
SET LOCAL search_path TO shop, "$user", public;
SET CONSTRAINTS ALL IMMEDIATE;
SET LOCAL TIME ZONE INTERVAL '-03:00' HOUR TO MINUTE;
SHOW search_path;
LISTEN shop_rows;
NOTIFY shop_rows, 'it''s; here';
UNLISTEN *;
ANALYZE VERBOSE shop.films (did, kind);
REINDEX INDEX shop.films_by_title;
TRUNCATE TABLE ONLY shop.copied, shop.heirs RESTART IDENTITY;
DO LANGUAGE plpgsql $$ BEGIN PERFORM 1; END; $$;
DO $body$
DECLARE
    r record;
    q text := $q$SELECT ';' AS a$q$;
BEGIN
    FOR r IN EXECUTE q LOOP
        RAISE NOTICE '% %% ;', r.a;
    END LOOP;
    EXECUTE format($f$COMMENT ON TABLE shop.%I IS %L$f$, 'films', 'a;b''c');
    EXECUTE 'UPDATE shop.films SET note = $1 WHERE code = $2' USING 'x', 'y';
END
$body$;
DROP RULE keep ON shop.of_table;
DROP OPERATOR shop.=== (numeric, numeric);
DROP FUNCTION IF EXISTS shop.add(int, int), shop.nothing(text) CASCADE;
DROP TABLE shop.copied, shop.heirs CASCADE;
DROP SCHEMA laboratory CASCADE;
