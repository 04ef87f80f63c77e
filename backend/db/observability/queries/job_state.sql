-- pergunta: que tarefas agendadas estão atrasadas, e qual foi o último erro?
-- quando usar: alertas de tarefa atrasada ou com erro.
-- colunas: job_name, enabled, late, last_started_at, last_finished_at, last_error, schedule, command
-- papel: korevitta_monitor
SELECT
    h.job_name,
    h.enabled,
    make_interval(secs => h.seconds_late) AS late,
    h.last_started_at,
    h.last_finished_at,
    h.last_error,
    j.schedule,
    j.command
FROM ops.scheduled_job_health AS h
INNER JOIN ops.scheduled_jobs AS j ON h.job_name = j.job_name
ORDER BY h.seconds_late DESC, h.job_name;
