CREATE PROCEDURE ops.drop_expired_partitions(IN as_of timestamp with time zone DEFAULT now())
    LANGUAGE plpgsql
AS $procedure$
DECLARE
    target text;
    failures text[] := '{}';
BEGIN
    PERFORM ops.job_started('drop-expired-partitions');
    COMMIT;
    FOR target IN SELECT t.table_name FROM ops.partitioned_tables AS t ORDER BY t.table_name LOOP
        BEGIN
            PERFORM ops.drop_expired_table_partitions(target, as_of);
        EXCEPTION WHEN OTHERS THEN
            failures := failures || format('%s: %s', target, SQLERRM);
        END;
        COMMIT;
    END LOOP;
    PERFORM ops.job_finished('drop-expired-partitions', nullif(array_to_string(failures, '; '), ''));
    COMMIT;
    IF cardinality(failures) > 0 THEN
        RAISE EXCEPTION 'partition retention failed: %', array_to_string(failures, '; ');
    END IF;
END;
$procedure$;

ALTER PROCEDURE ops.drop_expired_partitions(timestamp with time zone) OWNER TO korevitta_owner;

REVOKE ALL ON PROCEDURE ops.drop_expired_partitions(timestamp with time zone) FROM PUBLIC;

COMMENT ON PROCEDURE ops.drop_expired_partitions(timestamp with time zone) IS 'Aplica a retenção a cada tabela registrada, com COMMIT entre elas: chame fora de transação.';
