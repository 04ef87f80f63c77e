CREATE PROCEDURE ops.run_backfill(IN job_name text, IN batch_size integer DEFAULT 1000, IN max_batches integer DEFAULT NULL::integer)
    LANGUAGE plpgsql
AS $procedure$
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
$procedure$;

ALTER PROCEDURE ops.run_backfill(text,integer,integer) OWNER TO korevitta_owner;

REVOKE ALL ON PROCEDURE ops.run_backfill(text,integer,integer) FROM PUBLIC;

COMMENT ON PROCEDURE ops.run_backfill(text,integer,integer) IS 'Executa ou retoma um backfill, com COMMIT a cada lote: chame fora de transação. Para depois de max_batches (NULL: só no fim), a pedido de ops.stop_backfill, ou no primeiro erro; o progresso gravado até ali permanece.';
