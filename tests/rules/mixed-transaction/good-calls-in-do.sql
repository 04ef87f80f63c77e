SET lock_timeout = '5s';
DO $$
BEGIN
    FOR batch IN 1..10 LOOP
        CALL core.backfill_tags(batch);
    END LOOP;
END
$$;
