\set schema core -- expect
\i common.sql -- expect
CREATE TABLE core.notes (id bigint PRIMARY KEY);
