-- O que faz: remove analytics.mv_patient_overview e as duas views sobre ela, que mv_patient_dashboard substituiu na
-- 1.1 (V200032). O registro em ops.matviews fica, desligado: guarda até quando ela foi atualizada e permite ao
-- rollback religá-la.
-- Por que é seguro: recusa, sem mudar nada, enquanto algum paciente da visão antiga não estiver no painel novo. A
-- conferência liga app.maintenance porque o RLS forçado esconderia as linhas também do dono. Remover a matview a
-- bloqueia por um instante.
-- O rollback refaz matview e views a partir das tabelas; nenhum dado se perde.
SET LOCAL lock_timeout = '5s';

DO $$
DECLARE
    missing bigint;
    outer_maintenance text := coalesce(pg_catalog.current_setting('app.maintenance', TRUE), '');
BEGIN
    PERFORM pg_catalog.set_config('app.maintenance', 'on', TRUE);
    SELECT count(*) INTO missing
    FROM analytics.mv_patient_overview AS o
    INNER JOIN core.patients AS p ON o.patient_id = p.id AND p.deleted_at IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM analytics.mv_patient_dashboard AS d WHERE d.patient_id = o.patient_id);
    PERFORM pg_catalog.set_config('app.maintenance', outer_maintenance, TRUE);
    IF missing > 0 THEN
        RAISE EXCEPTION '% paciente(s) de mv_patient_overview ainda não estão em mv_patient_dashboard', missing
            USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'SELECT ops.refresh_matview(''analytics.mv_patient_dashboard''); e repita.';
    END IF;
END;
$$;

-- Sai e volta no mesmo comando, e não com UPDATE: o gatilho de updated_at deixaria uma marca que o rollback não tira.
WITH retired AS (
    DELETE FROM ops.matviews
    WHERE view_name = 'analytics.mv_patient_overview'
    RETURNING *
)

INSERT INTO ops.matviews (
    view_name,
    refresh_period,
    enabled,
    last_refreshed_at,
    last_duration,
    last_error,
    created_at,
    updated_at
)
SELECT
    view_name,
    refresh_period,
    FALSE AS enabled,
    last_refreshed_at,
    last_duration,
    last_error,
    created_at,
    updated_at
FROM retired;

DROP VIEW analytics.practice_overview;
DROP VIEW analytics.patient_overview;
DROP MATERIALIZED VIEW analytics.mv_patient_overview;
