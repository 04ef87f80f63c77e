ALTER TABLE core.notes ENABLE ROW LEVEL SECURITY;
-- migration
SET LOCAL lock_timeout = '5s';
CREATE POLICY notes_light ON core.notes AS RESTRICTIVE USING (weight < 10); -- expect
