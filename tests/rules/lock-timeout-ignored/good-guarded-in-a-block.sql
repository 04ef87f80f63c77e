-- runner: 0
-- migration
DO $$
BEGIN
    SET LOCAL lock_timeout = '200ms';
    ALTER TABLE core.notes ADD COLUMN size int;
END $$;
