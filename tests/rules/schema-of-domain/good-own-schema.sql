CREATE SCHEMA protocol;
CREATE TABLE protocol.plans (id bigint PRIMARY KEY);
-- migration
CREATE TABLE core.fresh (id bigint PRIMARY KEY, plan_id bigint REFERENCES protocol.plans (id));
CREATE SCHEMA extra;
GRANT SELECT ON protocol.plans TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA protocol GRANT SELECT ON TABLES TO PUBLIC;
