-- migration
DO $$ -- expect
BEGIN
    LOOP
        BEGIN
            ALTER TABLE core.notes ADD COLUMN size int;
            EXIT;
        EXCEPTION WHEN lock_not_available OR query_canceled THEN
            NULL;
        END;
    END LOOP;
END $$;
