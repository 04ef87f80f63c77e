CREATE FUNCTION ops.stop_backfill(target_job text)
    RETURNS void
    LANGUAGE sql
AS $function$
    UPDATE ops.backfill_jobs
    SET stop_requested = TRUE
    WHERE job_name = target_job AND status = 'running';
$function$;

ALTER FUNCTION ops.stop_backfill(text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.stop_backfill(text) FROM PUBLIC;

COMMENT ON FUNCTION ops.stop_backfill(text) IS 'Pede que o backfill em execução pare antes do próximo lote.';
