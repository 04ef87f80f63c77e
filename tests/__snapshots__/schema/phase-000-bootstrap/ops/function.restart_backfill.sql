CREATE FUNCTION ops.restart_backfill(target_job text)
    RETURNS void
    LANGUAGE sql
AS $function$
    UPDATE ops.backfill_jobs
    SET
        status = 'pending',
        batch_cursor = NULL,
        rows_done = 0,
        batches_done = 0,
        stop_requested = FALSE,
        started_at = NULL,
        last_batch_at = NULL,
        finished_at = NULL,
        last_error = NULL
    WHERE job_name = target_job AND status <> 'running';
$function$;

ALTER FUNCTION ops.restart_backfill(text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.restart_backfill(text) FROM PUBLIC;

COMMENT ON FUNCTION ops.restart_backfill(text) IS 'Volta o cursor ao início, para conferir de novo um backfill que não está em execução.';
