CREATE TABLE ops.backfill_jobs (
    job_name text NOT NULL,
    description text NOT NULL,
    batch_function text NOT NULL,
    status ops.backfill_status DEFAULT 'pending'::ops.backfill_status NOT NULL,
    batch_cursor jsonb,
    rows_done bigint DEFAULT 0 NOT NULL,
    batches_done bigint DEFAULT 0 NOT NULL,
    stop_requested boolean DEFAULT false NOT NULL,
    started_at timestamp with time zone,
    last_batch_at timestamp with time zone,
    finished_at timestamp with time zone,
    last_error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT backfill_jobs_pkey PRIMARY KEY (job_name),
    CONSTRAINT backfill_jobs_batch_function_check CHECK ((batch_function ~ '^[a-z_]+\.[a-z0-9_]+$'::text)),
    CONSTRAINT backfill_jobs_job_name_check CHECK ((job_name ~ '^[a-z][a-z0-9_-]{2,62}$'::text))
);

CREATE TRIGGER backfill_jobs_touch_updated_at BEFORE UPDATE ON ops.backfill_jobs FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE ops.backfill_jobs OWNER TO korevitta_owner;

GRANT SELECT ON TABLE ops.backfill_jobs TO korevitta_monitor;

COMMENT ON TABLE ops.backfill_jobs IS 'Backfills em lotes. A migration de expand registra o seu; ops.run_backfill o executa; o contract espera por ele.';
COMMENT ON COLUMN ops.backfill_jobs.batch_function IS 'schema.função(after jsonb, batch_size integer) RETURNS TABLE (next_cursor jsonb, rows_done bigint): faz um lote além de after (NULL é o início) e devolve uma linha; next_cursor NULL diz que acabou. Repetir um lote não pode duplicar.';
COMMENT ON COLUMN ops.backfill_jobs.batch_cursor IS 'Até onde já foi: gravado na mesma transação do lote.';
COMMENT ON COLUMN ops.backfill_jobs.stop_requested IS 'Pedido de parada, atendido antes do próximo lote.';
