CREATE FUNCTION ops.partition_health()
    RETURNS TABLE(table_name text, months_ahead integer, months_present_ahead bigint, next_month_exists boolean, default_partition_rows bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET "TimeZone" TO 'UTC'
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    default_partition text;
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    PERFORM set_config('app.maintenance', 'on', TRUE);
    FOR table_name, months_ahead IN
        SELECT
            t.table_name,
            t.months_ahead
        FROM ops.partitioned_tables AS t
        ORDER BY t.table_name
    LOOP
        SELECT
            count(*) FILTER (WHERE p.lower_bound > now() AND NOT p.is_default),
            coalesce(
                bool_or(
                    NOT p.is_default
                    AND p.lower_bound <= date_trunc('month', now()) + interval '1 month'
                    AND p.upper_bound > date_trunc('month', now()) + interval '1 month'
                ),
                FALSE
            ),
            max(p.partition_name) FILTER (WHERE p.is_default)
        INTO months_present_ahead, next_month_exists, default_partition
        FROM ops.partitions AS p
        WHERE p.table_name = partition_health.table_name;
        default_partition_rows := 0;
        IF default_partition IS NOT NULL THEN
            EXECUTE format('SELECT count(*) FROM ONLY %s', default_partition::regclass) INTO default_partition_rows;
        END IF;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
END;
$function$;

ALTER FUNCTION ops.partition_health() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.partition_health() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION ops.partition_health() TO korevitta_monitor;

COMMENT ON FUNCTION ops.partition_health() IS 'Por tabela registrada: meses à frente pedidos e existentes, se o próximo mês existe, linhas na default (esperado 0).';
