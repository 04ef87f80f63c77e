CREATE TABLE core.notes (id bigint PRIMARY KEY);
SAVEPOINT before_tags;
CREATE TABLE core.tags (id bigint PRIMARY KEY);
ROLLBACK TO SAVEPOINT before_tags;
CREATE FUNCTION core.nothing() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    NULL;
END
$$;
