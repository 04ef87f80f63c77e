CREATE PROCEDURE ops.ensure_partitions(IN as_of timestamp with time zone DEFAULT now())
    LANGUAGE plpgsql
AS $procedure$
DECLARE
    target text;
    failure text;
    failures text[] := '{}';
BEGIN
    PERFORM ops.job_started('ensure-partitions');
    COMMIT;
    FOR target IN SELECT t.table_name FROM ops.partitioned_tables AS t ORDER BY t.table_name LOOP
        failure := NULL;
        BEGIN
            PERFORM ops.ensure_table_partitions(target, as_of);
        EXCEPTION WHEN OTHERS THEN
            -- Uma tabela que não pôde ser bloqueada não impede as outras; a próxima execução tenta de novo.
            failure := SQLERRM;
            failures := failures || format('%s: %s', target, failure);
        END;
        UPDATE ops.partitioned_tables AS t
        SET
            last_ensured_at = CASE WHEN failure IS NULL THEN pg_catalog.clock_timestamp() ELSE t.last_ensured_at END,
            last_error = failure
        WHERE t.table_name = target;
        COMMIT;
    END LOOP;
    PERFORM ops.job_finished('ensure-partitions', nullif(array_to_string(failures, '; '), ''));
    COMMIT;
    IF cardinality(failures) > 0 THEN
        RAISE EXCEPTION 'partition upkeep failed: %', array_to_string(failures, '; ');
    END IF;
END;
$procedure$;

ALTER PROCEDURE ops.ensure_partitions(timestamp with time zone) OWNER TO korevitta_owner;

REVOKE ALL ON PROCEDURE ops.ensure_partitions(timestamp with time zone) FROM PUBLIC;

COMMENT ON PROCEDURE ops.ensure_partitions(timestamp with time zone) IS 'ops.ensure_table_partitions para cada tabela registrada, com COMMIT entre elas: chame fora de transação.';
