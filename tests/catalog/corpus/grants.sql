-- GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, SECURITY LABEL, owners.

-- prologue

CREATE SCHEMA t;

CREATE EXTENSION pg_trgm WITH SCHEMA t;

CREATE TABLE t.a (id integer, word text);

CREATE TABLE t.b (id integer);

CREATE VIEW t.v AS SELECT id FROM t.a;

CREATE MATERIALIZED VIEW t.m AS SELECT id FROM t.a;

CREATE SEQUENCE t.s;

CREATE FUNCTION t.f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

CREATE PROCEDURE t.p() LANGUAGE sql AS 'SELECT 1';

CREATE AGGREGATE t.g(integer) (SFUNC = int4pl, STYPE = integer);

CREATE TYPE t.e AS ENUM ('a');

CREATE DOMAIN t.d AS integer;

CREATE FOREIGN DATA WRAPPER w;

CREATE SERVER r FOREIGN DATA WRAPPER w;

CREATE TRUSTED LANGUAGE plmore HANDLER plpgsql_call_handler;

ALTER TABLE t.b OWNER TO korevitta_owner;

-- statements

GRANT SELECT ON t.a TO korevitta_app;

GRANT SELECT ON t.a TO korevitta_app;

GRANT INSERT, UPDATE, DELETE ON t.a TO korevitta_app WITH GRANT OPTION;

REVOKE GRANT OPTION FOR UPDATE ON t.a FROM korevitta_app;

GRANT ALL ON t.a TO korevitta_readonly;

REVOKE TRUNCATE ON t.a FROM korevitta_readonly;

GRANT SELECT ON t.a TO PUBLIC;

REVOKE SELECT ON t.a FROM PUBLIC;

REVOKE ALL ON t.b FROM korevitta_owner;

GRANT SELECT, REFERENCES, TRIGGER ON t.b TO korevitta_owner;

GRANT ALL ON t.b TO korevitta_owner;

GRANT USAGE ON SCHEMA t TO korevitta_app; SET SESSION AUTHORIZATION korevitta_app; GRANT INSERT ON t.a TO korevitta_monitor; RESET SESSION AUTHORIZATION;

-- since: 17
GRANT MAINTAIN ON t.a TO korevitta_monitor;

-- differs: beside TRUNCATE, REFERENCES or TRIGGER the privilege MAINTAIN is not shown, as a GRANT ALL on PostgreSQL 16 has none
-- since: 17
REVOKE MAINTAIN ON t.b FROM korevitta_owner;

GRANT SELECT (id), UPDATE (id, word) ON t.a TO korevitta_monitor;

REVOKE UPDATE (word) ON t.a FROM korevitta_monitor;

GRANT ALL (word) ON t.a TO korevitta_readonly WITH GRANT OPTION;

GRANT SELECT (id) ON t.v TO PUBLIC;

GRANT SELECT ON t.v TO korevitta_readonly;

GRANT SELECT ON t.m TO korevitta_readonly;

GRANT SELECT ON ALL TABLES IN SCHEMA t TO korevitta_monitor;

GRANT USAGE ON SEQUENCE t.s TO korevitta_app;

GRANT ALL ON ALL SEQUENCES IN SCHEMA t TO korevitta_app;

REVOKE EXECUTE ON FUNCTION t.f(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION t.f(integer) TO korevitta_app;

GRANT EXECUTE ON FUNCTION t.f(integer) TO PUBLIC;

GRANT EXECUTE ON PROCEDURE t.p() TO korevitta_app;

REVOKE ALL ON FUNCTION t.g(integer) FROM PUBLIC;

GRANT USAGE ON SCHEMA t TO korevitta_monitor;

GRANT CREATE ON SCHEMA t TO korevitta_app;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;

GRANT CREATE ON SCHEMA public TO PUBLIC;

REVOKE USAGE ON TYPE t.e FROM PUBLIC;

GRANT USAGE ON TYPE t.e TO korevitta_app;

REVOKE USAGE ON DOMAIN t.d FROM PUBLIC;

GRANT USAGE ON FOREIGN DATA WRAPPER w TO korevitta_owner;

GRANT USAGE ON FOREIGN SERVER r TO korevitta_owner WITH GRANT OPTION;

GRANT USAGE ON LANGUAGE plmore TO korevitta_owner;

REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;

GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC;

GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_waldir() TO korevitta_monitor;

GRANT SELECT ON pg_catalog.pg_authid TO korevitta_monitor;

REVOKE SELECT ON pg_catalog.pg_user_mappings FROM PUBLIC;

GRANT SELECT (rolname) ON pg_catalog.pg_authid TO korevitta_app;

GRANT EXECUTE ON FUNCTION t.similarity(text, text) TO korevitta_app;

REVOKE EXECUTE ON FUNCTION t.similarity(text, text) FROM PUBLIC;

ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO korevitta_readonly;

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner IN SCHEMA t GRANT SELECT, INSERT ON TABLES TO korevitta_app;

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner IN SCHEMA t GRANT USAGE ON SEQUENCES TO korevitta_app WITH GRANT OPTION;

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner IN SCHEMA t GRANT EXECUTE ON ROUTINES TO korevitta_app;

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner REVOKE USAGE ON TYPES FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner GRANT USAGE ON SCHEMAS TO korevitta_app;

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner REVOKE ALL ON TABLES FROM korevitta_owner;

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner IN SCHEMA t REVOKE INSERT ON TABLES FROM korevitta_app;

ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM korevitta_readonly;

ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM korevitta_readonly;

-- not of the owner: what it owns on the server are databases of tests that run at the same time
ALTER TABLE t.a OWNER TO korevitta_readonly;

REASSIGN OWNED BY korevitta_readonly TO korevitta_app;

-- SECURITY LABEL needs a provider, which only a module of the server can be: what one stores
INSERT INTO pg_catalog.pg_seclabel (objoid, classoid, objsubid, provider, label) VALUES ('t.a'::regclass, 'pg_class'::regclass, 0, 'corpus', 'it''s secret');

INSERT INTO pg_catalog.pg_seclabel (objoid, classoid, objsubid, provider, label) VALUES ('t.a'::regclass, 'pg_class'::regclass, 1, 'corpus', 'secret column');

INSERT INTO pg_catalog.pg_seclabel (objoid, classoid, objsubid, provider, label) VALUES ('t.f(integer)'::regprocedure, 'pg_proc'::regclass, 0, 'corpus', 'secret function');

UPDATE pg_catalog.pg_seclabel SET label = 'open' WHERE objsubid = 1;

DELETE FROM pg_catalog.pg_seclabel;
