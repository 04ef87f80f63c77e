-- migration
CREATE POLICY notes_all ON core.notes USING (true); -- expect
