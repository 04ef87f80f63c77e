-- O que faz: cria o registro dos backfills em lotes e a rotina que os executa com progresso, parada e retomada.
-- Por que é seguro: só cria objetos novos em ops. Um backfill nunca roda dentro de uma migration.
-- O rollback remove o registro e as rotinas; o que os lotes gravaram permanece nas tabelas de destino.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE ops.backfill_status AS ENUM ('pending', 'running', 'stopped', 'completed', 'failed');

CREATE TABLE ops.backfill_jobs (
    job_name text NOT NULL,
    description text NOT NULL,
    batch_function text NOT NULL,
    status ops.backfill_status NOT NULL DEFAULT 'pending',
    batch_cursor jsonb,
    rows_done bigint NOT NULL DEFAULT 0,
    batches_done bigint NOT NULL DEFAULT 0,
    stop_requested boolean NOT NULL DEFAULT FALSE,
    started_at timestamptz,
    last_batch_at timestamptz,
    finished_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT backfill_jobs_pkey PRIMARY KEY (job_name),
    CONSTRAINT backfill_jobs_job_name_check CHECK (job_name ~ '^[a-z][a-z0-9_-]{2,62}$'),
    CONSTRAINT backfill_jobs_batch_function_check CHECK (batch_function ~ '^[a-z_]+\.[a-z0-9_]+$')
);
COMMENT ON TABLE ops.backfill_jobs IS
'Backfills em lotes. A migration de expand registra o seu; ops.run_backfill o executa; o contract espera por ele.';
COMMENT ON COLUMN ops.backfill_jobs.batch_function IS
'schema.função(after jsonb, batch_size integer) RETURNS TABLE (next_cursor jsonb, rows_done bigint): faz um lote além '
'de after (NULL é o início) e devolve uma linha; next_cursor NULL diz que acabou. Repetir um lote não pode duplicar.';
COMMENT ON COLUMN ops.backfill_jobs.batch_cursor IS 'Até onde já foi: gravado na mesma transação do lote.';
COMMENT ON COLUMN ops.backfill_jobs.stop_requested IS 'Pedido de parada, atendido antes do próximo lote.';

CREATE TRIGGER backfill_jobs_touch_updated_at
BEFORE UPDATE ON ops.backfill_jobs
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

CREATE PROCEDURE ops.run_backfill(
    job_name text,
    batch_size integer DEFAULT 1000,
    max_batches integer DEFAULT NULL
)
LANGUAGE plpgsql
AS $$
DECLARE
    job ops.backfill_jobs;
    batches integer := 0;
    next_cursor jsonb;
    batch_rows bigint;
    failure text;
BEGIN
    IF batch_size < 1 OR max_batches < 1 THEN
        RAISE EXCEPTION 'batch_size and max_batches must be positive';
    END IF;
    -- Chamar de novo é retomar: o pedido de parada anterior deixa de valer.
    UPDATE ops.backfill_jobs AS j
    SET
        status = 'running',
        stop_requested = FALSE,
        last_error = NULL,
        started_at = coalesce(j.started_at, pg_catalog.clock_timestamp())
    WHERE j.job_name = run_backfill.job_name AND j.status <> 'completed';
    IF NOT FOUND THEN
        IF EXISTS (SELECT 1 FROM ops.backfill_jobs AS j WHERE j.job_name = run_backfill.job_name) THEN
            RAISE NOTICE 'backfill % is already complete', run_backfill.job_name;
            RETURN;
        END IF;
        RAISE EXCEPTION 'backfill % is not registered in ops.backfill_jobs', run_backfill.job_name;
    END IF;
    COMMIT;

    LOOP
        -- Valem para a transação do lote: linhas visíveis ao dono e nenhuma espera longa por bloqueio.
        PERFORM pg_catalog.set_config('app.maintenance', 'on', TRUE);
        PERFORM pg_catalog.set_config('lock_timeout', '5s', TRUE);
        -- A linha do registro é o mutex: dois executores se revezam por lote, sem repetir nem pular.
        SELECT j.* INTO job FROM ops.backfill_jobs AS j WHERE j.job_name = run_backfill.job_name FOR UPDATE;
        EXIT WHEN NOT FOUND OR job.status <> 'running';
        IF job.stop_requested OR batches >= max_batches THEN
            UPDATE ops.backfill_jobs AS j
            SET
                status = 'stopped',
                stop_requested = FALSE
            WHERE j.job_name = run_backfill.job_name;
            COMMIT;
            RETURN;
        END IF;
        failure := NULL;
        BEGIN
            EXECUTE pg_catalog.format(
                'SELECT b.next_cursor, b.rows_done FROM %s($1, $2) AS b',
                job.batch_function::pg_catalog.regproc
            ) INTO next_cursor, batch_rows USING job.batch_cursor, batch_size;
        EXCEPTION WHEN OTHERS THEN
            failure := SQLERRM;
        END;
        IF failure IS NOT NULL THEN
            UPDATE ops.backfill_jobs AS j
            SET
                status = 'failed',
                last_error = failure
            WHERE j.job_name = run_backfill.job_name;
            COMMIT;
            RAISE EXCEPTION 'backfill % failed: %', run_backfill.job_name, failure
                USING HINT = 'The batches before this one are kept; call ops.run_backfill again to resume.';
        END IF;
        batches := batches + 1;
        UPDATE ops.backfill_jobs AS j
        SET
            batch_cursor = coalesce(next_cursor, j.batch_cursor),
            rows_done = j.rows_done + coalesce(batch_rows, 0),
            batches_done = j.batches_done + 1,
            last_batch_at = pg_catalog.clock_timestamp(),
            status = CASE WHEN next_cursor IS NULL THEN 'completed' ELSE 'running' END::ops.backfill_status,
            finished_at = CASE WHEN next_cursor IS NULL THEN pg_catalog.clock_timestamp() END
        WHERE j.job_name = run_backfill.job_name;
        COMMIT;
    END LOOP;
    COMMIT;
END;
$$;
COMMENT ON PROCEDURE ops.run_backfill IS
'Executa ou retoma um backfill, com COMMIT a cada lote: chame fora de transação. Para depois de max_batches (NULL: só '
'no fim), a pedido de ops.stop_backfill, ou no primeiro erro; o progresso gravado até ali permanece.';

CREATE FUNCTION ops.stop_backfill(target_job text)
RETURNS void
LANGUAGE sql
AS $$
    UPDATE ops.backfill_jobs
    SET stop_requested = TRUE
    WHERE job_name = target_job AND status = 'running';
$$;
COMMENT ON FUNCTION ops.stop_backfill(text) IS 'Pede que o backfill em execução pare antes do próximo lote.';

CREATE FUNCTION ops.restart_backfill(target_job text)
RETURNS void
LANGUAGE sql
AS $$
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
$$;
COMMENT ON FUNCTION ops.restart_backfill(text) IS
'Volta o cursor ao início, para conferir de novo um backfill que não está em execução.';
