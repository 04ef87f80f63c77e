CREATE PROCEDURE ops.reconcile_scheduled_jobs()
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $procedure$
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
$procedure$;

ALTER PROCEDURE ops.reconcile_scheduled_jobs() OWNER TO korevitta_owner;

REVOKE ALL ON PROCEDURE ops.reconcile_scheduled_jobs() FROM PUBLIC;

COMMENT ON PROCEDURE ops.reconcile_scheduled_jobs() IS 'Iguala cron.job a ops.scheduled_jobs: cria, troca e remove. Onde pg_cron não está instalado, não faz nada.';
