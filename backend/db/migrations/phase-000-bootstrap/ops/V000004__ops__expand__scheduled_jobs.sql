-- O que faz: cria o registro de tarefas agendadas (a verdade sobre o que roda, quando e com que comando), o
-- batimento de cada tarefa e a rotina que iguala cron.job ao registro onde pg_cron existe.
-- Por que é seguro: só cria objetos novos em ops.
-- O rollback remove tudo isso; entradas já criadas em cron.job são removidas antes, desabilitando as tarefas
-- e chamando ops.reconcile_scheduled_jobs().
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE ops.scheduled_jobs (
    job_name text NOT NULL,
    description text NOT NULL,
    schedule text NOT NULL,
    period interval NOT NULL,
    command text NOT NULL,
    enabled boolean NOT NULL DEFAULT TRUE,
    last_started_at timestamptz,
    last_finished_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT scheduled_jobs_pkey PRIMARY KEY (job_name),
    CONSTRAINT scheduled_jobs_job_name_check CHECK (job_name ~ '^[a-z][a-z0-9-]{2,48}$'),
    CONSTRAINT scheduled_jobs_period_check CHECK (period > interval '0')
);
COMMENT ON TABLE ops.scheduled_jobs IS
'Tarefas agendadas: esta tabela é a verdade, cron.job é só uma cópia feita por ops.reconcile_scheduled_jobs().';
COMMENT ON COLUMN ops.scheduled_jobs.schedule IS 'Expressão cron de cinco campos, em UTC.';
COMMENT ON COLUMN ops.scheduled_jobs.period IS
'Intervalo entre dois inícios: mede o atraso sem interpretar a expressão.';
COMMENT ON COLUMN ops.scheduled_jobs.command IS
'O que roda, como korevitta_owner. Vale para pg_cron ou para outro agendador.';
COMMENT ON COLUMN ops.scheduled_jobs.last_error IS 'Erro da última execução; NULL quando ela terminou bem.';

CREATE TRIGGER scheduled_jobs_touch_updated_at
BEFORE UPDATE ON ops.scheduled_jobs
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

CREATE FUNCTION ops.job_started(target_job text)
RETURNS void
LANGUAGE sql
AS $$
    UPDATE ops.scheduled_jobs
    SET last_started_at = pg_catalog.clock_timestamp()
    WHERE job_name = target_job;
$$;
COMMENT ON FUNCTION ops.job_started(text) IS 'Registra o início de uma tarefa. Nome desconhecido não é erro.';

CREATE FUNCTION ops.job_finished(target_job text, error text DEFAULT NULL)
RETURNS void
LANGUAGE sql
AS $$
    UPDATE ops.scheduled_jobs
    SET
        last_finished_at = pg_catalog.clock_timestamp(),
        last_error = error
    WHERE job_name = target_job;
$$;
COMMENT ON FUNCTION ops.job_finished(text, text) IS 'Registra o fim de uma tarefa, com o erro se houve um.';

CREATE PROCEDURE ops.reconcile_scheduled_jobs()
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    job record;
BEGIN
    PERFORM ops.job_started('reconcile-jobs');
    -- Sem pg_cron neste banco não há o que igualar: outro agendador lê ops.scheduled_jobs.
    IF to_regclass('cron.job') IS NOT NULL THEN
        -- SQL dinâmico porque cron.job pode não existir quando a rotina é criada. Só se mexe no que leva o
        -- prefixo do projeto, neste banco e deste usuário.
        FOR job IN EXECUTE $query$
            SELECT j.jobname
            FROM cron.job AS j
            WHERE
                starts_with(j.jobname, 'korevitta:')
                AND j.database = current_database()
                AND j.username = current_user
                AND NOT EXISTS (
                    SELECT 1
                    FROM ops.scheduled_jobs AS s
                    WHERE
                        s.enabled
                        AND j.active
                        AND j.jobname = 'korevitta:' || s.job_name
                        AND j.schedule = s.schedule
                        AND j.command = s.command
                )
        $query$
        LOOP
            EXECUTE 'SELECT cron.unschedule($1)' USING job.jobname::text;
        END LOOP;
        FOR job IN EXECUTE $query$
            SELECT
                'korevitta:' || s.job_name AS jobname,
                s.schedule,
                s.command
            FROM ops.scheduled_jobs AS s
            WHERE
                s.enabled
                AND NOT EXISTS (
                    SELECT 1
                    FROM cron.job AS j
                    WHERE
                        j.jobname = 'korevitta:' || s.job_name
                        AND j.database = current_database()
                        AND j.username = current_user
                )
            ORDER BY s.job_name
        $query$
        LOOP
            EXECUTE 'SELECT cron.schedule($1, $2, $3)' USING job.jobname, job.schedule, job.command;
        END LOOP;
    END IF;
    PERFORM ops.job_finished('reconcile-jobs');
END;
$$;
COMMENT ON PROCEDURE ops.reconcile_scheduled_jobs IS
'Iguala cron.job a ops.scheduled_jobs: cria, troca e remove. Onde pg_cron não está instalado, não faz nada.';

CREATE VIEW ops.scheduled_job_health WITH (security_invoker = TRUE) AS
SELECT
    s.job_name,
    s.enabled,
    s.last_started_at,
    s.last_finished_at,
    s.last_error,
    CASE
        WHEN s.enabled
            THEN
                greatest(
                    extract(EPOCH FROM now() - coalesce(s.last_started_at, s.created_at) - s.period),
                    0
                )::bigint
        ELSE 0
    END AS seconds_late
FROM ops.scheduled_jobs AS s;
COMMENT ON VIEW ops.scheduled_job_health IS 'Atraso e último erro de cada tarefa agendada. Alerta: seconds_late > 300.';

INSERT INTO ops.scheduled_jobs (job_name, description, schedule, period, command)
VALUES
(
    'reconcile-jobs',
    'Iguala cron.job ao registro de tarefas.',
    '*/15 * * * *',
    interval '15 minutes',
    'CALL ops.reconcile_scheduled_jobs()'
);
