-- Foreign-data wrappers, servers, user mappings and foreign tables.

-- prologue

CREATE SCHEMA t;

CREATE SCHEMA u;

CREATE EXTENSION pg_trgm WITH SCHEMA t;

CREATE FUNCTION t.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';

-- statements

CREATE FOREIGN DATA WRAPPER w OPTIONS (debug 'true', note 'it''s');

CREATE FOREIGN DATA WRAPPER validated VALIDATOR postgresql_fdw_validator;

ALTER FOREIGN DATA WRAPPER w OPTIONS (SET debug 'false', DROP note, ADD "Odd Name" 'x=y');

ALTER FOREIGN DATA WRAPPER validated NO VALIDATOR;

ALTER FOREIGN DATA WRAPPER w RENAME TO wrapper;

COMMENT ON FOREIGN DATA WRAPPER wrapper IS 'wraps';

CREATE SERVER s TYPE 'kind' VERSION '1.2' FOREIGN DATA WRAPPER wrapper OPTIONS (host 'elsewhere');

CREATE SERVER plain FOREIGN DATA WRAPPER wrapper;

ALTER SERVER s VERSION '1.3';

ALTER SERVER s OPTIONS (SET host 'here', ADD port '5');

ALTER SERVER s RENAME TO remote;

GRANT USAGE ON FOREIGN DATA WRAPPER wrapper TO korevitta_owner;

ALTER SERVER plain OWNER TO korevitta_owner;

COMMENT ON SERVER remote IS 'remote';

CREATE USER MAPPING FOR korevitta_app SERVER remote OPTIONS (name 'app', password 'it''s');

CREATE USER MAPPING FOR PUBLIC SERVER remote;

ALTER USER MAPPING FOR korevitta_app SERVER remote OPTIONS (SET name 'other');

DROP USER MAPPING FOR PUBLIC SERVER remote;

CREATE FOREIGN TABLE t.f (id integer OPTIONS (name 'key') NOT NULL, word text COLLATE "C" DEFAULT 'x') SERVER remote OPTIONS (path '/dev/null');

ALTER FOREIGN TABLE t.f OPTIONS (SET path '/elsewhere', ADD "format" 'csv');

ALTER FOREIGN TABLE t.f ALTER COLUMN id OPTIONS (SET name 'id', ADD other 'y');

ALTER FOREIGN TABLE t.f ADD COLUMN more integer;

ALTER FOREIGN TABLE t.f ADD CONSTRAINT positive CHECK (id > 0);

ALTER FOREIGN TABLE t.f ADD CONSTRAINT unproven CHECK (id > 1) NOT VALID;

ALTER FOREIGN TABLE t.f ALTER COLUMN word SET STATISTICS 10;

ALTER FOREIGN TABLE t.f ALTER COLUMN word SET STORAGE EXTERNAL;

ALTER FOREIGN TABLE t.f OWNER TO korevitta_owner;

CREATE TRIGGER touch BEFORE INSERT ON t.f FOR EACH ROW EXECUTE FUNCTION t.touch();

COMMENT ON FOREIGN TABLE t.f IS 'elsewhere';

COMMENT ON COLUMN t.f.word IS 'a word';

GRANT SELECT ON t.f TO korevitta_app;

ALTER FOREIGN TABLE t.f RENAME TO g;

ALTER FOREIGN TABLE t.g SET SCHEMA u;

CREATE TABLE t.split (id integer, word text) PARTITION BY LIST (id);

CREATE FOREIGN TABLE t.split_1 PARTITION OF t.split FOR VALUES IN (1) SERVER plain;

CREATE TABLE t.parent (id integer);

CREATE FOREIGN TABLE t.child () INHERITS (t.parent) SERVER plain;

DROP FOREIGN TABLE t.split_1;
