-- migration
SET LOCAL lock_timeout = '5s';
CREATE POLICY diaries_read ON core.diaries FOR SELECT USING (person_id = (SELECT core.me()));
CREATE POLICY diaries_write ON core.diaries FOR UPDATE USING (person_id = (SELECT core.me()));
