-- migration
SET LOCAL lock_timeout = '5s';
CREATE TRIGGER notes_nothing BEFORE UPDATE ON core.notes
    FOR EACH ROW EXECUTE FUNCTION core.nothing();
