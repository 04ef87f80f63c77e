-- pergunta: que tabelas acumulam linhas mortas, e quando passaram pelo VACUUM?
-- quando usar: alerta de linhas mortas; consultas que pioram sem que os dados cresçam.
-- colunas: table_name, live_rows, dead_rows, dead_percent, last_vacuum_at, last_analyze_at, changed_since_analyze
-- papel: korevitta_monitor
SELECT
    t.schemaname || '.' || t.relname AS table_name,
    t.n_live_tup AS live_rows,
    t.n_dead_tup AS dead_rows,
    round(100.0 * t.n_dead_tup / nullif(t.n_live_tup + t.n_dead_tup, 0), 1) AS dead_percent,
    greatest(t.last_vacuum, t.last_autovacuum) AS last_vacuum_at,
    greatest(t.last_analyze, t.last_autoanalyze) AS last_analyze_at,
    t.n_mod_since_analyze AS changed_since_analyze
FROM pg_stat_user_tables AS t
ORDER BY t.n_dead_tup DESC, table_name
LIMIT 50;
