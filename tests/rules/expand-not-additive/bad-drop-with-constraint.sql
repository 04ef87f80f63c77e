ALTER TABLE core.people ADD CONSTRAINT people_nick_check CHECK (char_length(nick) < 90);
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people DROP COLUMN nick; -- expect
