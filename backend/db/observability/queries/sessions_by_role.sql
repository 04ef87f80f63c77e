-- pergunta: quem ocupa as conexões, e em que estado?
-- quando usar: alerta de conexões perto do limite; erro "too many clients" na API.
-- colunas: role, application, state, sessions, oldest_transaction_age
-- papel: korevitta_monitor
SELECT
    a.usename::text AS role,
    a.application_name AS application,
    a.state,
    count(*) AS sessions,
    date_trunc('second', max(clock_timestamp() - a.xact_start)) AS oldest_transaction_age
FROM pg_stat_activity AS a
WHERE a.backend_type = 'client backend'
GROUP BY a.usename, a.application_name, a.state
ORDER BY sessions DESC, role, application, a.state;
