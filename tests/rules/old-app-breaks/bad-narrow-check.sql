-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD CONSTRAINT notes_body_check CHECK (body IS NULL OR body LIKE 'never%') NOT VALID; -- expect
