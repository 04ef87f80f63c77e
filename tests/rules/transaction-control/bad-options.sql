BEGIN ISOLATION LEVEL SERIALIZABLE; -- expect
CREATE TABLE core.notes (id bigint PRIMARY KEY);
COMMIT AND CHAIN; -- expect
ROLLBACK /* to the start */; -- expect
ABORT; -- expect
PREPARE TRANSACTION 'to'; -- expect
COMMIT PREPARED 'to'; -- expect
