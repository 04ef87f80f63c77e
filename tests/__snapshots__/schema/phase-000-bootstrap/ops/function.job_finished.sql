CREATE FUNCTION ops.job_finished(target_job text, error text DEFAULT NULL::text)
    RETURNS void
    LANGUAGE sql
AS $function$
    UPDATE ops.scheduled_jobs
    SET
        last_finished_at = pg_catalog.clock_timestamp(),
        last_error = error
    WHERE job_name = target_job;
$function$;

ALTER FUNCTION ops.job_finished(text,text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.job_finished(text,text) FROM PUBLIC;

COMMENT ON FUNCTION ops.job_finished(text,text) IS 'Registra o fim de uma tarefa, com o erro se houve um.';
