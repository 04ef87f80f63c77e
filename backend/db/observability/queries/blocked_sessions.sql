-- pergunta: quem espera por um bloqueio, há quanto tempo, e quem o segura?
-- quando usar: alertas de espera por bloqueio; API lenta com a CPU do banco ociosa.
-- colunas: blocked_pid, blocked_role, waited, wanted_lock, wanted_on, blocked_query, blocker_pid, blocker_role,
-- blocker_state, blocker_transaction_age, blocker_query
-- papel: korevitta_monitor
SELECT
    blocked.pid AS blocked_pid,
    blocked.usename::text AS blocked_role,
    date_trunc('second', clock_timestamp() - coalesce(wanted.waitstart, blocked.query_start)) AS waited,
    wanted.mode AS wanted_lock,
    coalesce(n.nspname || '.' || c.relname, wanted.locktype) AS wanted_on,
    left(blocked.query, 200) AS blocked_query,
    blocker.pid AS blocker_pid,
    blocker.usename::text AS blocker_role,
    blocker.state AS blocker_state,
    date_trunc('second', clock_timestamp() - blocker.xact_start) AS blocker_transaction_age,
    left(blocker.query, 200) AS blocker_query
FROM pg_stat_activity AS blocked
INNER JOIN pg_locks AS wanted ON blocked.pid = wanted.pid AND NOT wanted.granted
LEFT JOIN pg_class AS c ON wanted.relation = c.oid
LEFT JOIN pg_namespace AS n ON c.relnamespace = n.oid
CROSS JOIN LATERAL unnest(pg_blocking_pids(blocked.pid)) AS blocking (pid)
LEFT JOIN pg_stat_activity AS blocker ON blocking.pid = blocker.pid
WHERE blocked.datname = current_database()
ORDER BY waited DESC, blocked_pid, blocker_pid;
