-- pergunta: que índices nunca foram usados desde que as estatísticas começaram?
-- quando usar: revisão trimestral; escritas lentas em uma tabela com muitos índices. Nunca logo após um failover ou
-- uma restauração, que zeram as contagens.
-- colunas: table_name, index_name, scans, estimated_size, enforces_uniqueness, statistics_since
-- papel: korevitta_monitor
SELECT
    s.schemaname || '.' || s.relname AS table_name,
    s.indexrelname::text AS index_name,
    s.idx_scan AS scans,
    pg_size_pretty(greatest(c.relpages, 0)::bigint * current_setting('block_size')::bigint) AS estimated_size,
    x.indisunique AS enforces_uniqueness,
    (SELECT d.stats_reset FROM pg_stat_database AS d WHERE d.datname = current_database()) AS statistics_since
FROM pg_stat_user_indexes AS s
INNER JOIN pg_index AS x ON s.indexrelid = x.indexrelid
INNER JOIN pg_class AS c ON s.indexrelid = c.oid
WHERE s.idx_scan = 0
ORDER BY c.relpages DESC, table_name, index_name;
