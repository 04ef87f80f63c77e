-- migration
SET LOCAL lock_timeout = '5s';
CREATE POLICY notes_all ON core.notes USING (true);
