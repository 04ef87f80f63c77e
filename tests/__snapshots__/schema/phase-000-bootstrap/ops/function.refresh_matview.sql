CREATE FUNCTION ops.refresh_matview(target_view text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

ALTER FUNCTION ops.refresh_matview(text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.refresh_matview(text) FROM PUBLIC;

COMMENT ON FUNCTION ops.refresh_matview(text) IS 'Atualiza uma matview registrada sem bloquear leitores (CONCURRENTLY). Liga app.maintenance: sem isso o RLS forçado esconderia as linhas também do dono, e a matview ficaria vazia.';
