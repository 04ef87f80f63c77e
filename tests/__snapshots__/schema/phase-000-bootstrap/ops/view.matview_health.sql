CREATE VIEW ops.matview_health WITH (security_invoker = true) AS
 SELECT view_name,
    enabled,
    refresh_period,
    last_refreshed_at,
    last_duration,
    last_error,
    (EXTRACT(epoch FROM (now() - COALESCE(last_refreshed_at, created_at))))::bigint AS age_seconds,
    (enabled AND ((now() - COALESCE(last_refreshed_at, created_at)) > ((2)::double precision * refresh_period))) AS stale
   FROM ops.matviews m;

ALTER VIEW ops.matview_health OWNER TO korevitta_owner;

GRANT SELECT ON TABLE ops.matview_health TO korevitta_monitor;

COMMENT ON VIEW ops.matview_health IS 'Idade de cada matview. Alerta: stale, isto é, mais velha que o dobro do período.';
