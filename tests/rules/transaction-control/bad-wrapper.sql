BEGIN; -- expect

CREATE TABLE core.notes (id bigint PRIMARY KEY);

COMMIT;
