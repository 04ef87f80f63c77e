CREATE TABLE core.notes (id bigint PRIMARY KEY);
COMMENT ON TABLE core.notes IS :'comment'; -- expect
