START TRANSACTION; -- expect

CREATE TABLE core.notes (id bigint PRIMARY KEY);
SAVEPOINT "to";
CREATE TABLE core.tags (id bigint PRIMARY KEY);
ROLLBACK/**/TO"to";
RELEASE SAVEPOINT "to";

END;
