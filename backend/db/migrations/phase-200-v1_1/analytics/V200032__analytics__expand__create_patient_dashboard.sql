-- O que faz: o painel do consultório, analytics.mv_patient_dashboard, que substitui analytics.mv_patient_overview:
-- tudo o que ela tinha, mais hidratação, medidas, fotos e avaliações. A antiga segue de pé para a 1.0 e sai na 1.2
-- (V300003).
-- Por que é seguro: a matview lê as tabelas com bloqueio de leitura apenas; nada existente muda.
-- O rollback remove as duas views, a matview e o registro em ops.matviews.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '15min';

-- Sem isto o RLS forçado esconderia as linhas do próprio dono e a matview nasceria vazia.
SELECT set_config('app.maintenance', 'on', TRUE);

CREATE MATERIALIZED VIEW analytics.mv_patient_dashboard AS
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
            AS average_adherence_30d,
        round(avg(c.mood_score) FILTER (WHERE c.submitted_at >= now() - interval '30 days'), 1)
            AS average_mood_30d
    FROM checkin.checkins AS c
    WHERE c.deleted_at IS NULL
    GROUP BY c.patient_id
),

patient_reviews AS (
    SELECT
        r.patient_id,
        max(r.reviewed_at) AS last_review_at
    FROM checkin.reviews AS r
    WHERE r.deleted_at IS NULL
    GROUP BY r.patient_id
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
),

water_targets AS (
    SELECT DISTINCT ON (h.patient_id)
        h.patient_id,
        h.daily_target_ml
    FROM hydration.plans AS h
    CROSS JOIN today
    WHERE
        h.deleted_at IS NULL
        AND h.starts_on <= today.local_date
        AND (h.ends_on IS NULL OR h.ends_on >= today.local_date)
    ORDER BY h.patient_id ASC, h.starts_on DESC, h.id DESC
),

water_days AS (
    SELECT
        w.patient_id,
        (w.logged_at AT TIME ZONE 'America/Sao_Paulo')::date AS local_date,
        sum(w.volume_ml) AS volume_ml
    FROM hydration.water_intake_logs AS w
    WHERE w.logged_at >= now() - interval '7 days'
    GROUP BY w.patient_id, (w.logged_at AT TIME ZONE 'America/Sao_Paulo')::date
),

-- Média por dia com registro: um dia sem anotação é falta de anotação, não de água.
patient_water AS (
    SELECT
        d.patient_id,
        round(avg(d.volume_ml)) AS average_ml_7d
    FROM water_days AS d
    GROUP BY d.patient_id
),

last_weights AS (
    SELECT DISTINCT ON (m.patient_id)
        m.patient_id,
        m.measured_at,
        m.measured_value
    FROM progress.body_measurements AS m
    WHERE m.unit = 'kg' AND m.deleted_at IS NULL
    ORDER BY m.patient_id ASC, m.measured_at DESC, m.id DESC
),

patient_photos AS (
    SELECT
        f.patient_id,
        max(f.taken_on) AS last_photo_on
    FROM progress.progress_photos AS f
    WHERE f.deleted_at IS NULL
    GROUP BY f.patient_id
)

SELECT
    p.id AS patient_id,
    p.professional_id,
    p.status,
    p.risk_score,
    active.id AS active_protocol_id,
    active.template_id AS active_template_id,
    active.starts_on AS active_protocol_starts_on,
    pc.last_checkin_at,
    pc.average_adherence_30d,
    pc.average_mood_30d,
    pr.last_review_at,
    wt.daily_target_ml AS water_target_ml,
    pw.average_ml_7d AS water_average_ml_7d,
    lw.measured_at AS last_weighed_at,
    lw.measured_value AS last_weight_kg,
    pf.last_photo_on,
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
LEFT JOIN patient_reviews AS pr ON p.id = pr.patient_id
LEFT JOIN patient_tasks AS pt ON p.id = pt.patient_id
LEFT JOIN patient_threads AS pth ON p.id = pth.patient_id
LEFT JOIN water_targets AS wt ON p.id = wt.patient_id
LEFT JOIN patient_water AS pw ON p.id = pw.patient_id
LEFT JOIN last_weights AS lw ON p.id = lw.patient_id
LEFT JOIN patient_photos AS pf ON p.id = pf.patient_id
WHERE p.deleted_at IS NULL;
COMMENT ON MATERIALIZED VIEW analytics.mv_patient_dashboard IS
'Uma linha por paciente, sem nome nem contato. Matviews não têm RLS: a aplicação lê analytics.patient_dashboard.';

CREATE UNIQUE INDEX mv_patient_dashboard_key ON analytics.mv_patient_dashboard (patient_id);
CREATE INDEX mv_patient_dashboard_professional_id_idx
ON analytics.mv_patient_dashboard (professional_id, risk_score DESC);

-- Com os direitos do dono, de propósito: a aplicação não tem acesso à matview e só passa por este filtro, que
-- security_barrier impede de contornar com funções na consulta.
CREATE VIEW analytics.patient_dashboard WITH (security_barrier = TRUE) AS
SELECT
    d.patient_id,
    d.professional_id,
    d.status,
    d.risk_score,
    d.active_protocol_id,
    d.active_template_id,
    d.active_protocol_starts_on,
    d.last_checkin_at,
    d.checkins_30d,
    d.pending_reviews,
    d.average_adherence_30d,
    d.average_mood_30d,
    d.last_review_at,
    d.tasks_due_7d,
    d.tasks_completed_7d,
    d.unread_messages,
    d.water_target_ml,
    d.water_average_ml_7d,
    d.last_weighed_at,
    d.last_weight_kg,
    d.last_photo_on,
    d.computed_at
FROM analytics.mv_patient_dashboard AS d
WHERE d.professional_id = (SELECT app.current_professional_id());
COMMENT ON VIEW analytics.patient_dashboard IS 'Painel dos pacientes do consultório da sessão.';

-- Com os direitos do dono, de propósito: BI lê o agregado sem poder ler as linhas de cada paciente.
CREATE VIEW analytics.practice_dashboard AS
SELECT
    d.professional_id,
    count(*) AS patients,
    count(*) FILTER (WHERE d.status = 'active') AS active_patients,
    count(d.active_protocol_id) AS patients_with_protocol,
    round(avg(d.risk_score), 1) AS average_risk_score,
    sum(d.checkins_30d) AS checkins_30d,
    sum(d.pending_reviews) AS pending_reviews,
    round(avg(d.average_adherence_30d), 1) AS average_adherence_30d,
    sum(d.tasks_due_7d) AS tasks_due_7d,
    sum(d.tasks_completed_7d) AS tasks_completed_7d
FROM analytics.mv_patient_dashboard AS d
GROUP BY d.professional_id
HAVING count(*) >= 5;
COMMENT ON VIEW analytics.practice_dashboard IS
'Resumo por consultório. Menos de cinco pacientes não aparecem: com tão poucos, a média identifica pessoas.';

GRANT SELECT ON TABLE analytics.patient_dashboard TO korevitta_app;
GRANT SELECT ON TABLE analytics.practice_dashboard TO korevitta_readonly;

INSERT INTO ops.matviews (view_name, refresh_period)
VALUES ('analytics.mv_patient_dashboard', interval '15 minutes');
