CREATE FUNCTION ops.job_started(target_job text)
    RETURNS void
    LANGUAGE sql
AS $function$
    UPDATE ops.scheduled_jobs
    SET last_started_at = pg_catalog.clock_timestamp()
    WHERE job_name = target_job;
$function$;

ALTER FUNCTION ops.job_started(text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.job_started(text) FROM PUBLIC;

COMMENT ON FUNCTION ops.job_started(text) IS 'Registra o início de uma tarefa. Nome desconhecido não é erro.';
