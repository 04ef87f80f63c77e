-- O que faz: o painel do consultório, analytics.mv_patient_dashboard, que substitui analytics.mv_patient_overview:
-- tudo o que ela tinha, mais hidratação, medidas, fotos e avaliações. A antiga segue de pé para a 1.0 e sai na 1.2
-- (V300003).
-- Por que é seguro: a matview lê as tabelas com bloqueio de leitura apenas; nada existente muda.
-- O rollback remove as duas views, a matview e o registro em ops.matviews.
SET LOCAL lock_timeout = '5s';

-- Sem isto o RLS forçado esconderia as linhas do próprio dono e a matview nasceria vazia.
SET LOCAL app.maintenance = 'on';

CREATE MATERIALIZED VIEW analytics.mv_patient_dashboard AS
SELECT
    p.id AS patient_id,
    p.professional_id,
    p.status,
    p.risk_score,
    active.id AS active_protocol_id,
    active.template_id AS active_template_id,
    active.starts_on AS active_protocol_starts_on,
    checkins.last_checkin_at,
    coalesce(checkins.checkins_30d, 0) AS checkins_30d,
    coalesce(checkins.pending_reviews, 0) AS pending_reviews,
    checkins.average_adherence_30d,
    checkins.average_mood_30d,
    reviews.last_review_at,
    coalesce(tasks.due_7d, 0) AS tasks_due_7d,
    coalesce(tasks.completed_7d, 0) AS tasks_completed_7d,
    coalesce(threads.unread_messages, 0) AS unread_messages,
    water.target_ml AS water_target_ml,
    water.average_ml_7d AS water_average_ml_7d,
    measurements.last_measured_at,
    measurements.last_weight_kg,
    measurements.first_weight_kg,
    photos.last_photo_on,
    now() AS computed_at
FROM core.patients AS p
LEFT JOIN protocol.protocols AS active
    ON
        p.id = active.patient_id
        AND active.status = 'active'
        AND active.deleted_at IS NULL
LEFT JOIN (
    SELECT
        c.patient_id,
        max(c.submitted_at) AS last_checkin_at,
        count(*) FILTER (WHERE c.submitted_at >= now() - INTERVAL '30 days') AS checkins_30d,
        count(*) FILTER (WHERE c.reviewed_at IS NULL) AS pending_reviews,
        round(avg(c.adherence_score) FILTER (WHERE c.submitted_at >= now() - INTERVAL '30 days'), 1)
            AS average_adherence_30d,
        round(avg(c.mood_score) FILTER (WHERE c.submitted_at >= now() - INTERVAL '30 days'), 1)
            AS average_mood_30d
    FROM checkin.checkins AS c
    WHERE c.deleted_at IS NULL
    GROUP BY c.patient_id
) AS checkins ON p.id = checkins.patient_id
LEFT JOIN (
    SELECT
        r.patient_id,
        max(r.reviewed_at) AS last_review_at
    FROM checkin.reviews AS r
    WHERE r.deleted_at IS NULL
    GROUP BY r.patient_id
) AS reviews ON p.id = reviews.patient_id
LEFT JOIN (
    SELECT
        t.patient_id,
        count(*) AS due_7d,
        count(done.id) AS completed_7d
    FROM daily.tasks AS t
    LEFT JOIN daily.task_completions AS done ON t.id = done.task_id
    WHERE t.deleted_at IS NULL AND t.due_on > current_date - 7 AND t.due_on <= current_date
    GROUP BY t.patient_id
) AS tasks ON p.id = tasks.patient_id
LEFT JOIN (
    SELECT
        th.patient_id,
        sum(th.professional_unread_count) AS unread_messages
    FROM communication.threads AS th
    WHERE th.deleted_at IS NULL
    GROUP BY th.patient_id
) AS threads ON p.id = threads.patient_id
LEFT JOIN (
    -- Média por dia com registro: um dia sem anotação é falta de anotação, não de água.
    SELECT
        coalesce(plan.patient_id, days.patient_id) AS patient_id,
        plan.target_ml,
        days.average_ml_7d
    FROM (
        SELECT DISTINCT ON (h.patient_id)
            h.patient_id,
            h.daily_target_ml AS target_ml
        FROM hydration.plans AS h
        WHERE
            h.deleted_at IS NULL
            AND h.starts_on <= current_date
            AND (h.ends_on IS NULL OR h.ends_on >= current_date)
        ORDER BY h.patient_id, h.starts_on DESC, h.id DESC
    ) AS plan
    FULL JOIN (
        SELECT
            each_day.patient_id,
            round(avg(each_day.volume_ml)) AS average_ml_7d
        FROM (
            SELECT
                w.patient_id,
                sum(w.volume_ml) AS volume_ml
            FROM hydration.water_intake_logs AS w
            WHERE w.logged_at >= now() - INTERVAL '7 days'
            GROUP BY w.patient_id, (w.logged_at AT TIME ZONE 'America/Sao_Paulo')::date
        ) AS each_day
        GROUP BY each_day.patient_id
    ) AS days ON plan.patient_id = days.patient_id
) AS water ON p.id = water.patient_id
LEFT JOIN (
    SELECT
        m.patient_id,
        max(m.measured_at) AS last_measured_at,
        (array_agg(m.measured_value ORDER BY m.measured_at DESC, m.id DESC) FILTER (WHERE m.unit = 'kg'))[1]
            AS last_weight_kg,
        (array_agg(m.measured_value ORDER BY m.measured_at, m.id) FILTER (WHERE m.unit = 'kg'))[1]
            AS first_weight_kg
    FROM progress.body_measurements AS m
    WHERE m.deleted_at IS NULL
    GROUP BY m.patient_id
) AS measurements ON p.id = measurements.patient_id
LEFT JOIN (
    SELECT
        f.patient_id,
        max(f.taken_on) AS last_photo_on
    FROM progress.progress_photos AS f
    WHERE f.deleted_at IS NULL
    GROUP BY f.patient_id
) AS photos ON p.id = photos.patient_id
WHERE p.deleted_at IS NULL;
COMMENT ON MATERIALIZED VIEW analytics.mv_patient_dashboard IS
'Uma linha por paciente, sem nome nem contato. Matviews não têm RLS: a aplicação lê analytics.patient_dashboard.';

CREATE UNIQUE INDEX mv_patient_dashboard_key ON analytics.mv_patient_dashboard (patient_id);
CREATE INDEX mv_patient_dashboard_professional_id_idx
ON analytics.mv_patient_dashboard (professional_id, risk_score DESC);

-- Com os direitos do dono, de propósito: a aplicação não tem acesso à matview e só passa por este filtro, que
-- security_barrier impede de contornar com funções na consulta.
CREATE VIEW analytics.patient_dashboard WITH (security_barrier = true) AS
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
    d.last_measured_at,
    d.last_weight_kg,
    d.first_weight_kg,
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
VALUES ('analytics.mv_patient_dashboard', INTERVAL '15 minutes');
