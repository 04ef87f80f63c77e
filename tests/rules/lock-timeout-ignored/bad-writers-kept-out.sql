-- migration
SET LOCAL lock_timeout = 0;
CREATE TRIGGER notes_nothing BEFORE UPDATE ON core.notes -- expect
    FOR EACH ROW EXECUTE FUNCTION core.nothing();
