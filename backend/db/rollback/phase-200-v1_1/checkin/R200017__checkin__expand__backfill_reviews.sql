-- Desfaz V200017: apaga só o que o backfill copiou e ninguém mudou depois; o registro volta a "pendente", como nasceu.
SET LOCAL lock_timeout = '5s';
SELECT set_config('app.maintenance', 'on', TRUE);

DELETE FROM checkin.reviews
WHERE origin = 'note_backfill' AND id = checkin_id;

-- Sai e volta no mesmo comando, e não com UPDATE: o gatilho de updated_at deixaria a marca do rollback na linha.
WITH pending AS (
    DELETE FROM ops.backfill_jobs
    WHERE job_name = 'checkin-reviews-from-notes'
    RETURNING job_name, description, batch_function, created_at
)

INSERT INTO ops.backfill_jobs (job_name, description, batch_function, created_at, updated_at)
SELECT
    job_name,
    description,
    batch_function,
    created_at,
    created_at AS updated_at
FROM pending;
