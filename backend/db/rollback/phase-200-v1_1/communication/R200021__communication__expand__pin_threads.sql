-- Desfaz V200021: remove a coluna.
SET LOCAL lock_timeout = '5s';

ALTER TABLE communication.threads DROP COLUMN is_pinned;
