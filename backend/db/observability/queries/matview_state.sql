-- pergunta: que matviews estão velhas, e por quê?
-- quando usar: alertas de matview; painel do consultório com números atrasados.
-- colunas: view_name, enabled, stale, age, refresh_period, last_duration, last_error, is_populated,
-- can_refresh_concurrently
-- papel: korevitta_monitor
SELECT
    h.view_name,
    h.enabled,
    h.stale,
    make_interval(secs => h.age_seconds) AS age,
    h.refresh_period,
    h.last_duration,
    h.last_error,
    c.relispopulated AS is_populated,
    (
        SELECT coalesce(bool_or(x.indisunique AND x.indisvalid AND x.indpred IS NULL AND x.indexprs IS NULL), FALSE)
        FROM pg_index AS x
        WHERE x.indrelid = c.oid
    ) AS can_refresh_concurrently
FROM ops.matview_health AS h
LEFT JOIN pg_namespace AS n ON n.nspname = split_part(h.view_name, '.', 1)
LEFT JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = split_part(h.view_name, '.', 2)
ORDER BY h.stale DESC, h.age_seconds DESC, h.view_name;
