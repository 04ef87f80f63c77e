-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD COLUMN colour text;
DO $$ BEGIN EXECUTE format('CREATE INDEX notes_%s_idx ON core.notes (weight)', 'weight'); END; $$; -- expect
