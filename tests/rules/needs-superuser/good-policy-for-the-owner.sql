CREATE POLICY diaries_maintenance ON core.diaries TO kvh_case_owner USING (TRUE);
-- migration
UPDATE core.diaries SET mood = 1;
