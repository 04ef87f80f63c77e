-- ready: SELECT count(*) FROM core.people WHERE nickname IS NOT NULL
ALTER TABLE core.people ADD COLUMN nickname text;
CREATE FUNCTION core.without_nickname() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.nickname := NULL;
    RETURN NEW;
END
$$;
CREATE TRIGGER people_without_nickname BEFORE INSERT OR UPDATE ON core.people
FOR EACH ROW EXECUTE FUNCTION core.without_nickname();
-- migration contract
SET LOCAL lock_timeout = '5s'; -- expect
ALTER TABLE core.people DROP COLUMN nickname;
