CREATE TABLE core.notes (id bigint PRIMARY KEY);
COMMIT; -- expect
CREATE TABLE core.tags (id bigint PRIMARY KEY);
