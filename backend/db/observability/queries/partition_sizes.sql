-- pergunta: que meses de cada tabela particionada existem, e quanto ocupam?
-- quando usar: planejar retenção; conferir para onde foram as linhas que estavam na partição default.
-- colunas: table_name, partition_name, is_default, lower_bound, upper_bound, estimated_rows, estimated_size
-- papel: korevitta_monitor
SELECT
    p.table_name,
    p.partition_name,
    p.is_default,
    p.lower_bound,
    p.upper_bound,
    greatest(c.reltuples, 0)::bigint AS estimated_rows,
    pg_size_pretty(greatest(c.relpages, 0)::bigint * current_setting('block_size')::bigint) AS estimated_size
FROM ops.partitions AS p
LEFT JOIN pg_namespace AS n ON n.nspname = split_part(p.partition_name, '.', 1)
LEFT JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = split_part(p.partition_name, '.', 2)
ORDER BY p.table_name, p.is_default, p.lower_bound;
