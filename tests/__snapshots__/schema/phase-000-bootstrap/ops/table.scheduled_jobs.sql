CREATE TABLE ops.scheduled_jobs (
    job_name text NOT NULL,
    description text NOT NULL,
    schedule text NOT NULL,
    period interval NOT NULL,
    command text NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    last_started_at timestamp with time zone,
    last_finished_at timestamp with time zone,
    last_error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT scheduled_jobs_pkey PRIMARY KEY (job_name),
    CONSTRAINT scheduled_jobs_job_name_check CHECK ((job_name ~ '^[a-z][a-z0-9-]{2,48}$'::text)),
    CONSTRAINT scheduled_jobs_period_check CHECK ((period > '00:00:00'::interval))
);

CREATE TRIGGER scheduled_jobs_touch_updated_at BEFORE UPDATE ON ops.scheduled_jobs FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE ops.scheduled_jobs OWNER TO korevitta_owner;

GRANT SELECT ON TABLE ops.scheduled_jobs TO korevitta_monitor;

COMMENT ON TABLE ops.scheduled_jobs IS 'Tarefas agendadas: esta tabela é a verdade, cron.job é só uma cópia feita por ops.reconcile_scheduled_jobs().';
COMMENT ON COLUMN ops.scheduled_jobs.schedule IS 'Expressão cron de cinco campos, em UTC.';
COMMENT ON COLUMN ops.scheduled_jobs.period IS 'Intervalo entre dois inícios: mede o atraso sem interpretar a expressão.';
COMMENT ON COLUMN ops.scheduled_jobs.command IS 'O que roda, como korevitta_owner. Vale para pg_cron ou para outro agendador.';
COMMENT ON COLUMN ops.scheduled_jobs.last_error IS 'Erro da última execução; NULL quando ela terminou bem.';
