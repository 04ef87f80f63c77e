-- also: expand-not-additive
-- migration
ALTER TABLE core.people ENABLE ROW LEVEL SECURITY; -- expect
