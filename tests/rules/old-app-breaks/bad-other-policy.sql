-- migration
SET LOCAL lock_timeout = '5s';
DROP POLICY diaries_own ON core.diaries; -- expect
CREATE POLICY diaries_bright ON core.diaries USING (person_id = (SELECT core.me()) AND mood > 3);
