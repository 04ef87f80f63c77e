CREATE PROCEDURE ops.refresh_due_matviews(IN as_of timestamp with time zone DEFAULT now())
    LANGUAGE plpgsql
AS $procedure$
DECLARE
    target text;
    failure text;
    failures text[] := '{}';
BEGIN
    PERFORM ops.job_started('refresh-matviews');
    COMMIT;
    FOR target IN
        SELECT m.view_name
        FROM ops.matviews AS m
        WHERE m.enabled AND (m.last_refreshed_at IS NULL OR m.last_refreshed_at + m.refresh_period <= as_of)
        ORDER BY m.last_refreshed_at NULLS FIRST, m.view_name
    LOOP
        failure := NULL;
        BEGIN
            PERFORM ops.refresh_matview(target);
        EXCEPTION WHEN OTHERS THEN
            failure := SQLERRM;
            failures := failures || format('%s: %s', target, failure);
        END;
        IF failure IS NOT NULL THEN
            UPDATE ops.matviews AS m SET last_error = failure WHERE m.view_name = target;
        END IF;
        COMMIT;
    END LOOP;
    PERFORM ops.job_finished('refresh-matviews', nullif(array_to_string(failures, '; '), ''));
    COMMIT;
    IF cardinality(failures) > 0 THEN
        RAISE EXCEPTION 'materialized view refresh failed: %', array_to_string(failures, '; ');
    END IF;
END;
$procedure$;

ALTER PROCEDURE ops.refresh_due_matviews(timestamp with time zone) OWNER TO korevitta_owner;

REVOKE ALL ON PROCEDURE ops.refresh_due_matviews(timestamp with time zone) FROM PUBLIC;

COMMENT ON PROCEDURE ops.refresh_due_matviews(timestamp with time zone) IS 'Atualiza as matviews vencidas, a mais velha primeiro, com COMMIT entre elas: chame fora de transação.';
