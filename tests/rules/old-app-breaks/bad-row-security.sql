-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ENABLE ROW LEVEL SECURITY; -- expect
