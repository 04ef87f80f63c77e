-- pergunta: que transações estão abertas há mais tempo, e o que fazem agora?
-- quando usar: alertas de transação longa; linhas mortas que o VACUUM não remove; antes de uma migration.
-- colunas: pid, role, application, state, transaction_age, state_age, holds_back_vacuum, last_query
-- papel: korevitta_monitor
SELECT
    a.pid,
    a.usename::text AS role,
    a.application_name AS application,
    a.state,
    date_trunc('second', clock_timestamp() - a.xact_start) AS transaction_age,
    date_trunc('second', clock_timestamp() - a.state_change) AS state_age,
    a.backend_xmin IS NOT NULL AS holds_back_vacuum,
    left(a.query, 200) AS last_query
FROM pg_stat_activity AS a
WHERE a.datname = current_database() AND a.xact_start IS NOT NULL AND a.pid <> pg_backend_pid()
ORDER BY a.xact_start
LIMIT 50;
