-- Aggregates, operators, operator classes and families, casts, access methods, languages, transforms.

-- prologue

CREATE SCHEMA t;

CREATE SCHEMA u;

CREATE FUNCTION t.add(integer, integer) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'int4pl';

CREATE FUNCTION t.take(integer, integer) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'int4mi';

CREATE FUNCTION t.final(integer) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'int4abs';

CREATE FUNCTION t.same(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';

CREATE FUNCTION t.differs(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4ne';

CREATE FUNCTION t.less(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';

CREATE TYPE t.pair AS (a integer, b text);

CREATE TYPE t.mood AS ENUM ('good', 'bad');

CREATE FUNCTION t.mood_of(integer) RETURNS t.mood LANGUAGE sql IMMUTABLE AS 'SELECT ''good''::t.mood';

CREATE FUNCTION t.number_of(t.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';

-- statements

CREATE AGGREGATE t.total(integer) (SFUNC = t.add, STYPE = integer, INITCOND = '0');

CREATE AGGREGATE t.all_of_it(integer) (SFUNC = t.add, STYPE = integer, SSPACE = 16, FINALFUNC = t.final, FINALFUNC_MODIFY = SHAREABLE, COMBINEFUNC = t.add, MSFUNC = t.add, MINVFUNC = t.take, MSTYPE = integer, MSSPACE = 8, MFINALFUNC = t.final, MFINALFUNC_MODIFY = READ_WRITE, MINITCOND = '1', PARALLEL = SAFE);

CREATE AGGREGATE t.smallest(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = <);

CREATE AGGREGATE t.middle(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);

CREATE AGGREGATE t.place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);

CREATE AGGREGATE t.counted(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');

CREATE AGGREGATE t.averaged(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize);

CREATE OR REPLACE AGGREGATE t.total(integer) (SFUNC = t.add, STYPE = integer, INITCOND = '5');

ALTER AGGREGATE t.total(integer) OWNER TO korevitta_owner;

ALTER AGGREGATE t.total(integer) RENAME TO summed;

ALTER AGGREGATE t.summed(integer) SET SCHEMA u;

COMMENT ON AGGREGATE u.summed(integer) IS 'sums';

DROP AGGREGATE t.smallest(integer);

CREATE OPERATOR t.=== (FUNCTION = t.same, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR(t.===), NEGATOR = OPERATOR(t.!==), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);

CREATE OPERATOR t.!== (FUNCTION = t.differs, LEFTARG = integer, RIGHTARG = integer, NEGATOR = OPERATOR(t.===));

CREATE OPERATOR t.<<< (FUNCTION = t.less, LEFTARG = integer, RIGHTARG = integer);

CREATE OPERATOR t.!! (FUNCTION = t.final, RIGHTARG = integer);

ALTER OPERATOR t.<<< (integer, integer) SET (RESTRICT = scalarltsel, JOIN = NONE);

ALTER OPERATOR t.!! (NONE, integer) OWNER TO korevitta_owner;

ALTER OPERATOR t.!! (NONE, integer) SET SCHEMA u;

COMMENT ON OPERATOR t.<<< (integer, integer) IS 'less';

COMMENT ON OPERATOR u.!! (NONE, integer) IS 'abs';

DROP OPERATOR u.!! (NONE, integer);

CREATE OPERATOR FAMILY t.family USING btree;

CREATE OPERATOR CLASS t.class FOR TYPE integer USING btree FAMILY t.family AS OPERATOR 1 t.<<<, OPERATOR 3 t.===, FUNCTION 1 btint4cmp(integer, integer);

CREATE OPERATOR CLASS t.alone DEFAULT FOR TYPE t.pair USING hash AS OPERATOR 1 =(record, record), FUNCTION 1 hash_record(record);

CREATE OPERATOR CLASS t.points FOR TYPE box USING gist AS OPERATOR 15 <->(box, point) FOR ORDER BY float_ops, FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal), FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal), FUNCTION 8 gist_box_distance(internal, box, smallint, oid, internal);

CREATE OPERATOR CLASS t.stored FOR TYPE integer[] USING gin AS OPERATOR 1 &&(anyarray, anyarray), FUNCTION 2 ginarrayextract(anyarray, internal, internal), FUNCTION 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal), FUNCTION 4 ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal), STORAGE integer;

ALTER OPERATOR FAMILY t.family USING btree ADD OPERATOR 1 <(integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);

ALTER OPERATOR FAMILY t.family USING btree DROP OPERATOR 1 (integer, bigint);

ALTER OPERATOR FAMILY t.family USING btree RENAME TO kin;

ALTER OPERATOR FAMILY t.kin USING btree OWNER TO korevitta_owner;

ALTER OPERATOR FAMILY t.alone USING hash SET SCHEMA u;

COMMENT ON OPERATOR FAMILY t.kin USING btree IS 'kin';

ALTER OPERATOR CLASS t.class USING btree RENAME TO sort;

ALTER OPERATOR CLASS t.sort USING btree OWNER TO korevitta_owner;

ALTER OPERATOR CLASS t.alone USING hash SET SCHEMA u;

COMMENT ON OPERATOR CLASS t.sort USING btree IS 'a class';

DROP OPERATOR CLASS t.points USING gist;

DROP OPERATOR FAMILY t.points USING gist;

CREATE CAST (integer AS t.mood) WITH FUNCTION t.mood_of(integer);

CREATE CAST (t.mood AS integer) WITH FUNCTION t.number_of(t.mood) AS IMPLICIT;

CREATE CAST (t.pair AS text) WITH INOUT AS ASSIGNMENT;

CREATE CAST (xml AS json) WITHOUT FUNCTION;

COMMENT ON CAST (t.mood AS integer) IS 'a cast';

DROP CAST (t.pair AS text);

CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler;

CREATE ACCESS METHOD btree_again TYPE INDEX HANDLER bthandler;

COMMENT ON ACCESS METHOD btree_again IS 'once more';

DROP ACCESS METHOD heap_again;

CREATE LANGUAGE plagain HANDLER plpgsql_call_handler;

CREATE TRUSTED LANGUAGE plfull HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;

ALTER LANGUAGE plagain RENAME TO plmore;

ALTER LANGUAGE plfull OWNER TO korevitta_owner;

COMMENT ON LANGUAGE plmore IS 'a language';

CREATE FUNCTION t.in_other_language() RETURNS integer LANGUAGE plfull AS 'BEGIN RETURN 1; END';

DROP LANGUAGE plmore;

CREATE TRANSFORM FOR t.pair LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));

CREATE TRANSFORM FOR integer LANGUAGE plfull (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));

CREATE OR REPLACE TRANSFORM FOR integer LANGUAGE plfull (TO SQL WITH FUNCTION int4recv(internal));

CREATE FUNCTION t.transformed(integer) RETURNS integer LANGUAGE plfull TRANSFORM FOR TYPE integer AS 'BEGIN RETURN 1; END';

COMMENT ON TRANSFORM FOR t.pair LANGUAGE sql IS 'a transform';

DROP TRANSFORM FOR t.pair LANGUAGE sql;
