-- pergunta: as réplicas acompanham o primário, e algum slot segura WAL?
-- quando usar: alertas de replicação; WAL que cresce; antes de um failover planejado.
-- colunas: kind, name, state, lag, lag_size
-- papel: korevitta_monitor
WITH here AS (
    SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn
)

SELECT
    'réplica' AS kind,
    r.application_name AS name,
    r.state,
    coalesce(r.replay_lag, interval '0') AS lag,
    pg_size_pretty(pg_wal_lsn_diff(here.lsn, r.replay_lsn)) AS lag_size
FROM pg_stat_replication AS r
CROSS JOIN here
UNION ALL
SELECT
    'slot' AS kind,
    s.slot_name::text AS name,
    CASE WHEN s.active THEN 'ativo' ELSE 'parado' END AS state,
    NULL AS lag,
    pg_size_pretty(pg_wal_lsn_diff(here.lsn, s.restart_lsn)) AS lag_size
FROM pg_replication_slots AS s
CROSS JOIN here
ORDER BY kind, name;
