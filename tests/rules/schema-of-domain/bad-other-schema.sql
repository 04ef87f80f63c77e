CREATE SCHEMA protocol;
CREATE TABLE protocol.plans (id bigint);
-- migration
CREATE TABLE core.fresh (id bigint);
CREATE TABLE protocol.fresh (id bigint); -- expect
CREATE INDEX plans_id_idx ON protocol.plans (id); -- expect
