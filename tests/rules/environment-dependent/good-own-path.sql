SET LOCAL search_path = core, pg_catalog;
CREATE TABLE notes (id bigint PRIMARY KEY);
