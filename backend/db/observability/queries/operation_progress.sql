-- pergunta: quanto falta do índice em construção, do VACUUM ou do ANALYZE em andamento?
-- quando usar: durante uma migration com CREATE INDEX CONCURRENTLY; VACUUM que não termina.
-- colunas: pid, operation, table_name, phase, done_percent, running_for
-- papel: korevitta_monitor
SELECT
    progress.pid,
    progress.operation,
    coalesce(n.nspname || '.' || c.relname, progress.relid::text) AS table_name,
    progress.phase,
    round(100.0 * progress.done / nullif(progress.total, 0), 1) AS done_percent,
    date_trunc('second', clock_timestamp() - a.query_start) AS running_for
FROM (
    SELECT
        i.pid,
        lower(i.command) AS operation,
        i.relid,
        i.phase,
        CASE WHEN i.tuples_total > 0 THEN i.tuples_done ELSE i.blocks_done END AS done,
        CASE WHEN i.tuples_total > 0 THEN i.tuples_total ELSE i.blocks_total END AS total
    FROM pg_stat_progress_create_index AS i
    WHERE i.datname = current_database()
    UNION ALL
    SELECT
        v.pid,
        'vacuum' AS operation,
        v.relid,
        v.phase,
        v.heap_blks_scanned AS done,
        v.heap_blks_total AS total
    FROM pg_stat_progress_vacuum AS v
    WHERE v.datname = current_database()
    UNION ALL
    SELECT
        z.pid,
        'analyze' AS operation,
        z.relid,
        z.phase,
        z.sample_blks_scanned AS done,
        z.sample_blks_total AS total
    FROM pg_stat_progress_analyze AS z
    WHERE z.datname = current_database()
) AS progress
LEFT JOIN pg_stat_activity AS a ON progress.pid = a.pid
LEFT JOIN pg_class AS c ON progress.relid = c.oid
LEFT JOIN pg_namespace AS n ON c.relnamespace = n.oid
ORDER BY running_for DESC, progress.pid;
