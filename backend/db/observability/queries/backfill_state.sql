-- pergunta: em que ponto está cada backfill?
-- quando usar: durante um backfill; antes do contract que espera por ele; alerta de backfill parado.
-- colunas: job_name, status, rows_done, batches_done, last_batch_age, rows_per_minute, last_error
-- papel: korevitta_monitor
SELECT
    b.job_name,
    b.status::text AS status,
    b.rows_done,
    b.batches_done,
    date_trunc('second', now() - b.last_batch_at) AS last_batch_age,
    round(
        b.rows_done * 60
        / nullif(extract(EPOCH FROM coalesce(b.finished_at, b.last_batch_at) - b.started_at), 0)
    )::bigint AS rows_per_minute,
    b.last_error
FROM ops.backfill_jobs AS b
ORDER BY b.status, b.job_name;
