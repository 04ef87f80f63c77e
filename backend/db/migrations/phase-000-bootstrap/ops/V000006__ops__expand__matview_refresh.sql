-- O que faz: cria o registro das materialized views, com o período de cada uma, e a atualização concorrente delas.
-- Por que é seguro: só cria objetos novos em ops.
-- O rollback remove o registro e as rotinas; as matviews continuam, apenas sem atualização.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE ops.matviews (
    view_name text NOT NULL,
    refresh_period interval NOT NULL,
    enabled boolean NOT NULL DEFAULT TRUE,
    last_refreshed_at timestamptz,
    last_duration interval,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT matviews_pkey PRIMARY KEY (view_name),
    CONSTRAINT matviews_view_name_check CHECK (view_name ~ '^[a-z_]+\.[a-z_]+$'),
    CONSTRAINT matviews_refresh_period_check CHECK (refresh_period > interval '0')
);
COMMENT ON TABLE ops.matviews IS
'Materialized views sob atualização periódica. A migration que cria a matview a registra aqui.';
COMMENT ON COLUMN ops.matviews.view_name IS 'Nome completo: schema.matview.';
COMMENT ON COLUMN ops.matviews.last_refreshed_at IS
'Instante dos dados: o início da última atualização que terminou bem.';

CREATE TRIGGER matviews_touch_updated_at
BEFORE UPDATE ON ops.matviews
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

CREATE FUNCTION ops.refresh_matview(target_view text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    started_at timestamptz := clock_timestamp();
    populated boolean;
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    -- O bloqueio da linha do registro serializa duas atualizações da mesma matview.
    PERFORM 1 FROM ops.matviews AS m WHERE m.view_name = target_view FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'materialized view % is not registered in ops.matviews', target_view;
    END IF;
    SELECT c.relispopulated INTO populated FROM pg_class AS c WHERE c.oid = target_view::regclass;
    PERFORM set_config('app.maintenance', 'on', TRUE);
    EXECUTE format(
        'REFRESH MATERIALIZED VIEW %s %s',
        CASE WHEN populated THEN 'CONCURRENTLY' ELSE '' END,
        target_view::regclass
    );
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
    UPDATE ops.matviews AS m
    SET
        last_refreshed_at = started_at,
        last_duration = clock_timestamp() - started_at,
        last_error = NULL
    WHERE m.view_name = target_view;
END;
$$;
COMMENT ON FUNCTION ops.refresh_matview(text) IS
'Atualiza uma matview registrada sem bloquear leitores (CONCURRENTLY). Liga app.maintenance: sem isso o RLS forçado '
'esconderia as linhas também do dono, e a matview ficaria vazia.';

CREATE PROCEDURE ops.refresh_due_matviews(as_of timestamptz DEFAULT now())
LANGUAGE plpgsql
AS $$
DECLARE
    target text;
    failure text;
    failures text[] := '{}';
BEGIN
    PERFORM ops.job_started('refresh-matviews');
    COMMIT;
    FOR target IN
        SELECT m.view_name
        FROM ops.matviews AS m
        WHERE m.enabled AND (m.last_refreshed_at IS NULL OR m.last_refreshed_at + m.refresh_period <= as_of)
        ORDER BY m.last_refreshed_at NULLS FIRST, m.view_name
    LOOP
        failure := NULL;
        BEGIN
            PERFORM ops.refresh_matview(target);
        EXCEPTION WHEN OTHERS THEN
            failure := SQLERRM;
            failures := failures || format('%s: %s', target, failure);
        END;
        IF failure IS NOT NULL THEN
            UPDATE ops.matviews AS m SET last_error = failure WHERE m.view_name = target;
        END IF;
        COMMIT;
    END LOOP;
    PERFORM ops.job_finished('refresh-matviews', nullif(array_to_string(failures, '; '), ''));
    COMMIT;
    IF cardinality(failures) > 0 THEN
        RAISE EXCEPTION 'materialized view refresh failed: %', array_to_string(failures, '; ');
    END IF;
END;
$$;
COMMENT ON PROCEDURE ops.refresh_due_matviews IS
'Atualiza as matviews vencidas, a mais velha primeiro, com COMMIT entre elas: chame fora de transação.';

CREATE VIEW ops.matview_health WITH (security_invoker = TRUE) AS
SELECT
    m.view_name,
    m.enabled,
    m.refresh_period,
    m.last_refreshed_at,
    m.last_duration,
    m.last_error,
    extract(EPOCH FROM now() - coalesce(m.last_refreshed_at, m.created_at))::bigint AS age_seconds,
    m.enabled AND now() - coalesce(m.last_refreshed_at, m.created_at) > 2 * m.refresh_period AS stale
FROM ops.matviews AS m;
COMMENT ON VIEW ops.matview_health IS
'Idade de cada matview. Alerta: stale, isto é, mais velha que o dobro do período.';

INSERT INTO ops.scheduled_jobs (job_name, description, schedule, period, command)
VALUES
(
    'refresh-matviews',
    'Atualiza as matviews cujo período venceu.',
    '*/5 * * * *',
    interval '5 minutes',
    'CALL ops.refresh_due_matviews()'
);
