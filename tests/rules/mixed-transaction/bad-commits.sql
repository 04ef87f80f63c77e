CREATE TABLE core.progress (done bigint NOT NULL);
DO $$ -- expect
BEGIN
    COMMIT;
END
$$;
