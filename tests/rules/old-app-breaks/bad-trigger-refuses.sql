-- migration
SET LOCAL lock_timeout = '5s';
CREATE FUNCTION core.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ -- expect
BEGIN
    RAISE EXCEPTION 'no longer';
END $$;
CREATE TRIGGER notes_refuse BEFORE UPDATE ON core.notes
    FOR EACH ROW EXECUTE FUNCTION core.refuse();
