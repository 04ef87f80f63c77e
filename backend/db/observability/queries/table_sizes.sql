-- pergunta: o que ocupa o disco?
-- quando usar: alerta de armazenamento; planejar retenção.
-- colunas: table_name, partitions, estimated_rows, rows_size, indexes_size, toast_size, total_size, total_bytes
-- papel: korevitta_monitor
-- Estimado pelo último VACUUM ou ANALYZE: não abre as tabelas, e por isso responde também durante um bloqueio.
WITH parts AS (
    SELECT
        n.nspname || '.' || root.relname AS table_name,
        t.relispartition AS is_partition,
        greatest(t.reltuples, 0)::bigint AS row_count,
        greatest(t.relpages, 0)::bigint AS row_pages,
        coalesce(toast.relpages, 0)::bigint AS toast_pages,
        coalesce((
            SELECT sum(i.relpages::bigint)
            FROM pg_index AS x
            INNER JOIN pg_class AS i ON x.indexrelid = i.oid
            WHERE x.indrelid = t.oid
        ), 0) AS index_pages,
        current_setting('block_size')::bigint AS page_bytes
    FROM pg_class AS t
    INNER JOIN pg_class AS root ON root.oid = coalesce(pg_partition_root(t.oid), t.oid)
    INNER JOIN pg_namespace AS n ON root.relnamespace = n.oid
    LEFT JOIN pg_class AS toast ON t.reltoastrelid = toast.oid
    WHERE t.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
)

SELECT
    p.table_name,
    count(*) FILTER (WHERE p.is_partition) AS partitions,
    sum(p.row_count)::bigint AS estimated_rows,
    pg_size_pretty(sum(p.row_pages * p.page_bytes)) AS rows_size,
    pg_size_pretty(sum(p.index_pages * p.page_bytes)) AS indexes_size,
    pg_size_pretty(sum(p.toast_pages * p.page_bytes)) AS toast_size,
    pg_size_pretty(sum((p.row_pages + p.index_pages + p.toast_pages) * p.page_bytes)) AS total_size,
    sum((p.row_pages + p.index_pages + p.toast_pages) * p.page_bytes)::bigint AS total_bytes
FROM parts AS p
GROUP BY p.table_name
ORDER BY total_bytes DESC, p.table_name;
