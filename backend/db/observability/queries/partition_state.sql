-- pergunta: as partições dos próximos meses existem, e há linhas na default?
-- quando usar: alertas de partições; antes da virada do mês; depois de mudar ops.partitioned_tables.
-- colunas: table_name, months_wanted, months_ahead, next_month_exists, default_rows, retention_months, last_ensured_at,
-- last_error
-- papel: korevitta_monitor
SELECT
    h.table_name,
    h.months_ahead AS months_wanted,
    h.months_present_ahead AS months_ahead,
    h.next_month_exists,
    h.default_partition_rows AS default_rows,
    t.retention_months,
    t.last_ensured_at,
    t.last_error
FROM ops.partition_health() AS h
INNER JOIN ops.partitioned_tables AS t ON h.table_name = t.table_name
ORDER BY h.next_month_exists, h.default_partition_rows DESC, h.table_name;
