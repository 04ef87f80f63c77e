CREATE VIEW ops.scheduled_job_health WITH (security_invoker = true) AS
 SELECT job_name,
    enabled,
    last_started_at,
    last_finished_at,
    last_error,
        CASE
            WHEN enabled THEN (GREATEST(EXTRACT(epoch FROM ((now() - COALESCE(last_started_at, created_at)) - period)), (0)::numeric))::bigint
            ELSE (0)::bigint
        END AS seconds_late
   FROM ops.scheduled_jobs s;

ALTER VIEW ops.scheduled_job_health OWNER TO korevitta_owner;

GRANT SELECT ON TABLE ops.scheduled_job_health TO korevitta_monitor;

COMMENT ON VIEW ops.scheduled_job_health IS 'Atraso e último erro de cada tarefa agendada. Alerta: seconds_late > 300.';
