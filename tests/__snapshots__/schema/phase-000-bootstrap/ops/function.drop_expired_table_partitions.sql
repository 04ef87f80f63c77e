CREATE FUNCTION ops.drop_expired_table_partitions(target_table text, as_of timestamp with time zone DEFAULT now())
    RETURNS SETOF text
    LANGUAGE plpgsql
    SET "TimeZone" TO 'UTC'
    SET lock_timeout TO '5s'
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    expired text;
BEGIN
    FOR expired IN
        SELECT p.partition_name
        FROM ops.partitions AS p
        INNER JOIN ops.partitioned_tables AS t ON t.table_name = p.table_name
        WHERE
            p.table_name = target_table
            AND NOT p.is_default
            AND p.upper_bound <= date_trunc('month', as_of) - make_interval(months => t.retention_months)
        ORDER BY p.lower_bound
    LOOP
        -- DETACH recusa se ainda houver linhas que apontem para o mês: o que depende dele expira primeiro.
        EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', target_table::regclass, expired::regclass);
        EXECUTE format('DROP TABLE %s', expired::regclass);
        RETURN NEXT expired;
    END LOOP;
END;
$function$;

ALTER FUNCTION ops.drop_expired_table_partitions(text,timestamp with time zone) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.drop_expired_table_partitions(text,timestamp with time zone) FROM PUBLIC;

COMMENT ON FUNCTION ops.drop_expired_table_partitions(text,timestamp with time zone) IS 'Remove os meses além da retenção de uma tabela. Sem retention_months, nenhum. Bloqueio: ACCESS EXCLUSIVE breve.';
