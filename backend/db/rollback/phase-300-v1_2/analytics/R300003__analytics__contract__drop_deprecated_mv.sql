-- Desfaz V300003: refaz a visão antiga a partir das tabelas, as duas views e os acessos, e religa a atualização
-- periódica.
SET LOCAL lock_timeout = '5s';

-- Sem isto o RLS forçado esconderia as linhas do próprio dono e a matview nasceria vazia.
SELECT set_config('app.maintenance', 'on', TRUE);

CREATE MATERIALIZED VIEW analytics.mv_patient_overview AS
-- O dia de uma tarefa é local; o servidor e o agendador vivem em UTC.
WITH today AS (
    SELECT (now() AT TIME ZONE 'America/Sao_Paulo')::date AS local_date
),

patient_checkins AS (
    SELECT
        c.patient_id,
        max(c.submitted_at) AS last_checkin_at,
        count(*) FILTER (WHERE c.submitted_at >= now() - interval '30 days') AS checkins_30d,
        count(*) FILTER (WHERE c.reviewed_at IS NULL) AS pending_reviews,
        round(avg(c.adherence_score) FILTER (WHERE c.submitted_at >= now() - interval '30 days'), 1)
            AS average_adherence_30d
    FROM checkin.checkins AS c
    WHERE c.deleted_at IS NULL
    GROUP BY c.patient_id
),

patient_tasks AS (
    SELECT
        t.patient_id,
        count(*) AS due_7d,
        count(done.id) AS completed_7d
    FROM daily.tasks AS t
    LEFT JOIN daily.task_completions AS done ON t.id = done.task_id
    CROSS JOIN today
    WHERE t.deleted_at IS NULL AND t.due_on > today.local_date - 7 AND t.due_on <= today.local_date
    GROUP BY t.patient_id
),

patient_threads AS (
    SELECT
        th.patient_id,
        sum(th.professional_unread_count) AS unread_messages
    FROM communication.threads AS th
    WHERE th.deleted_at IS NULL
    GROUP BY th.patient_id
)

SELECT
    p.id AS patient_id,
    p.professional_id,
    p.status,
    p.risk_score,
    active.id AS active_protocol_id,
    active.starts_on AS active_protocol_starts_on,
    pc.last_checkin_at,
    pc.average_adherence_30d,
    coalesce(pc.checkins_30d, 0) AS checkins_30d,
    coalesce(pc.pending_reviews, 0) AS pending_reviews,
    coalesce(pt.due_7d, 0) AS tasks_due_7d,
    coalesce(pt.completed_7d, 0) AS tasks_completed_7d,
    coalesce(pth.unread_messages, 0) AS unread_messages,
    now() AS computed_at
FROM core.patients AS p
LEFT JOIN protocol.protocols AS active
    ON
        p.id = active.patient_id
        AND active.status = 'active'
        AND active.deleted_at IS NULL
LEFT JOIN patient_checkins AS pc ON p.id = pc.patient_id
LEFT JOIN patient_tasks AS pt ON p.id = pt.patient_id
LEFT JOIN patient_threads AS pth ON p.id = pth.patient_id
WHERE p.deleted_at IS NULL;
COMMENT ON MATERIALIZED VIEW analytics.mv_patient_overview IS
'Uma linha por paciente, sem nome nem contato. Matviews não têm RLS: a aplicação lê analytics.patient_overview.';

CREATE UNIQUE INDEX mv_patient_overview_key ON analytics.mv_patient_overview (patient_id);
CREATE INDEX mv_patient_overview_professional_id_idx
ON analytics.mv_patient_overview (professional_id, risk_score DESC);

-- Com os direitos do dono, de propósito: a aplicação não tem acesso à matview e só passa por este filtro, que
-- security_barrier impede de contornar com funções na consulta.
CREATE VIEW analytics.patient_overview WITH (security_barrier = TRUE) AS
SELECT
    o.patient_id,
    o.professional_id,
    o.status,
    o.risk_score,
    o.active_protocol_id,
    o.active_protocol_starts_on,
    o.last_checkin_at,
    o.checkins_30d,
    o.pending_reviews,
    o.average_adherence_30d,
    o.tasks_due_7d,
    o.tasks_completed_7d,
    o.unread_messages,
    o.computed_at
FROM analytics.mv_patient_overview AS o
WHERE o.professional_id = (SELECT app.current_professional_id());
COMMENT ON VIEW analytics.patient_overview IS 'Visão dos pacientes do consultório da sessão.';

-- Com os direitos do dono, de propósito: BI lê o agregado sem poder ler as linhas de cada paciente.
CREATE VIEW analytics.practice_overview AS
SELECT
    o.professional_id,
    count(*) AS patients,
    count(*) FILTER (WHERE o.status = 'active') AS active_patients,
    round(avg(o.risk_score), 1) AS average_risk_score,
    sum(o.checkins_30d) AS checkins_30d,
    sum(o.pending_reviews) AS pending_reviews,
    round(avg(o.average_adherence_30d), 1) AS average_adherence_30d
FROM analytics.mv_patient_overview AS o
GROUP BY o.professional_id
HAVING count(*) >= 5;
COMMENT ON VIEW analytics.practice_overview IS
'Resumo por consultório. Menos de cinco pacientes não aparecem: com tão poucos, a média identifica pessoas.';

GRANT SELECT ON TABLE analytics.patient_overview TO korevitta_app;
GRANT SELECT ON TABLE analytics.practice_overview TO korevitta_readonly;

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
    TRUE AS enabled,
    last_refreshed_at,
    last_duration,
    last_error,
    created_at,
    updated_at
FROM retired;
