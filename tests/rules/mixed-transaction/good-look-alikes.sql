REINDEX (CONCURRENTLY OFF) TABLE core.notes;
REINDEX (CONCURRENTLY, VERBOSE, CONCURRENTLY 0) INDEX core.notes_pkey;
REFRESH MATERIALIZED VIEW CONCURRENTLY core.note_counts;
ANALYZE core.notes;
CLUSTER core.notes USING notes_pkey;
ALTER TABLE core.logs DETACH PARTITION core.logs_2026_01 FINALIZE;
ALTER TYPE core.mood ADD VALUE 'calm';
ALTER DATABASE korevitta SET work_mem = '8MB';
CREATE TABLE core."concurrently" (id bigint PRIMARY KEY);
CREATE INDEX "concurrently" ON core.notes (id);
DISCARD TEMP;
DO $$
BEGIN
    RAISE NOTICE 'COMMIT; VACUUM;';
END
$$;
