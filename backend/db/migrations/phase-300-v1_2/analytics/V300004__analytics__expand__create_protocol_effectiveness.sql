-- O que faz: analytics.mv_protocol_effectiveness, uma linha por protocolo que começou: quanto durou, quanto foi
-- seguido e o que mudou no corpo no período; e o agregado por modelo, para BI.
-- Por que é seguro: a matview lê as tabelas com bloqueio de leitura apenas; nada existente muda.
-- O rollback remove as duas views, a matview e o registro em ops.matviews.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '15min';

-- Sem isto o RLS forçado esconderia as linhas do próprio dono e a matview nasceria vazia.
SELECT set_config('app.maintenance', 'on', TRUE);

CREATE MATERIALIZED VIEW analytics.mv_protocol_effectiveness AS
-- Os dias de um protocolo são locais; o servidor e o agendador vivem em UTC.
WITH today AS (
    SELECT (now() AT TIME ZONE 'America/Sao_Paulo')::date AS local_date
),

spans AS (
    SELECT
        p.*,
        coalesce((p.activated_at AT TIME ZONE 'America/Sao_Paulo')::date, p.starts_on) AS started_on,
        least(coalesce(p.ends_on, today.local_date), today.local_date) AS finished_on
    FROM protocol.protocols AS p
    CROSS JOIN today
    WHERE p.deleted_at IS NULL AND p.status <> 'draft'
),

started AS (
    SELECT
        s.*,
        s.started_on::timestamp AT TIME ZONE 'America/Sao_Paulo' AS from_instant,
        (s.finished_on + 1)::timestamp AT TIME ZONE 'America/Sao_Paulo' AS to_instant
    FROM spans AS s
    WHERE s.started_on <= s.finished_on
),

protocol_checkins AS (
    SELECT
        s.id AS protocol_id,
        count(*) AS checkins,
        round(avg(c.adherence_score), 1) AS average_adherence,
        max(c.submitted_at) FILTER (WHERE c.weight_kg IS NOT NULL) AS last_weighed_at,
        min(c.submitted_at) FILTER (WHERE c.weight_kg IS NOT NULL) AS first_weighed_at
    FROM started AS s
    INNER JOIN checkin.checkins AS c
        ON
            s.patient_id = c.patient_id
            AND c.deleted_at IS NULL
            AND c.submitted_at >= s.from_instant
            AND c.submitted_at < s.to_instant
    GROUP BY s.id
),

protocol_weights AS (
    SELECT DISTINCT ON (s.id)
        s.id AS protocol_id,
        last_checkin.weight_kg - first_checkin.weight_kg AS change_kg
    FROM started AS s
    INNER JOIN protocol_checkins AS pc ON s.id = pc.protocol_id
    INNER JOIN checkin.checkins AS first_checkin
        ON
            s.patient_id = first_checkin.patient_id
            AND pc.first_weighed_at = first_checkin.submitted_at
            AND first_checkin.weight_kg IS NOT NULL
            AND first_checkin.deleted_at IS NULL
    INNER JOIN checkin.checkins AS last_checkin
        ON
            s.patient_id = last_checkin.patient_id
            AND pc.last_weighed_at = last_checkin.submitted_at
            AND last_checkin.weight_kg IS NOT NULL
            AND last_checkin.deleted_at IS NULL
    ORDER BY s.id ASC, first_checkin.id ASC, last_checkin.id DESC
),

protocol_tasks AS (
    SELECT
        s.id AS protocol_id,
        count(*) AS due,
        count(done.id) AS completed
    FROM started AS s
    INNER JOIN daily.tasks AS t
        ON
            s.patient_id = t.patient_id
            AND t.deleted_at IS NULL
            AND t.due_on BETWEEN s.started_on AND s.finished_on
    LEFT JOIN daily.task_completions AS done ON t.id = done.task_id
    GROUP BY s.id
),

exams AS (
    SELECT
        s.id AS protocol_id,
        b.body_fat_percent,
        b.skeletal_muscle_mass_kg,
        row_number() OVER (PARTITION BY s.id ORDER BY b.measured_at, b.id) AS from_first,
        row_number() OVER (PARTITION BY s.id ORDER BY b.measured_at DESC, b.id DESC) AS from_last
    FROM started AS s
    INNER JOIN analytics.body_compositions AS b
        ON
            s.patient_id = b.patient_id
            AND b.deleted_at IS NULL
            AND b.measured_at >= s.from_instant
            AND b.measured_at < s.to_instant
),

protocol_exams AS (
    SELECT
        first_exam.protocol_id,
        last_exam.body_fat_percent - first_exam.body_fat_percent AS fat_change_points,
        last_exam.skeletal_muscle_mass_kg - first_exam.skeletal_muscle_mass_kg AS muscle_change_kg
    FROM exams AS first_exam
    INNER JOIN exams AS last_exam
        ON
            first_exam.protocol_id = last_exam.protocol_id
            AND first_exam.from_first = 1
            AND last_exam.from_last = 1
)

SELECT
    s.id AS protocol_id,
    s.professional_id,
    s.patient_id,
    s.template_id,
    s.goal_id,
    s.status,
    s.started_on,
    s.finished_on,
    pc.average_adherence,
    pw.change_kg AS weight_change_kg,
    pe.fat_change_points AS body_fat_change_points,
    pe.muscle_change_kg AS skeletal_muscle_change_kg,
    s.finished_on - s.started_on + 1 AS days_followed,
    coalesce(pc.checkins, 0) AS checkins,
    coalesce(pt.due, 0) AS tasks_due,
    coalesce(pt.completed, 0) AS tasks_completed,
    round(100.0 * pt.completed / nullif(pt.due, 0), 1) AS task_completion_percent,
    coalesce(g.status = 'achieved', FALSE) AS goal_achieved,
    now() AS computed_at
FROM started AS s
LEFT JOIN core.goals AS g ON s.goal_id = g.id
LEFT JOIN protocol_checkins AS pc ON s.id = pc.protocol_id
LEFT JOIN protocol_weights AS pw ON s.id = pw.protocol_id
LEFT JOIN protocol_tasks AS pt ON s.id = pt.protocol_id
LEFT JOIN protocol_exams AS pe ON s.id = pe.protocol_id;
COMMENT ON MATERIALIZED VIEW analytics.mv_protocol_effectiveness IS
'Uma linha por protocolo iniciado. Matviews não têm RLS: a aplicação lê analytics.protocol_effectiveness.';

CREATE UNIQUE INDEX mv_protocol_effectiveness_key ON analytics.mv_protocol_effectiveness (protocol_id);
CREATE INDEX mv_protocol_effectiveness_professional_id_idx
ON analytics.mv_protocol_effectiveness (professional_id, template_id);

-- Com os direitos do dono, de propósito: a aplicação não tem acesso à matview e só passa por este filtro, que
-- security_barrier impede de contornar com funções na consulta.
CREATE VIEW analytics.protocol_effectiveness WITH (security_barrier = TRUE) AS
SELECT
    e.protocol_id,
    e.professional_id,
    e.patient_id,
    e.template_id,
    e.goal_id,
    e.status,
    e.started_on,
    e.finished_on,
    e.days_followed,
    e.checkins,
    e.average_adherence,
    e.tasks_due,
    e.tasks_completed,
    e.task_completion_percent,
    e.weight_change_kg,
    e.body_fat_change_points,
    e.skeletal_muscle_change_kg,
    e.goal_achieved,
    e.computed_at
FROM analytics.mv_protocol_effectiveness AS e
WHERE e.professional_id = (SELECT app.current_professional_id());
COMMENT ON VIEW analytics.protocol_effectiveness IS 'Resultado dos protocolos do consultório da sessão.';

-- Com os direitos do dono, de propósito: BI lê o agregado sem poder ler as linhas de cada paciente.
CREATE VIEW analytics.template_effectiveness AS
SELECT
    e.professional_id,
    e.template_id,
    count(*) AS protocols,
    count(DISTINCT e.patient_id) AS patients,
    round(avg(e.days_followed), 1) AS average_days_followed,
    round(avg(e.average_adherence), 1) AS average_adherence,
    round(avg(e.task_completion_percent), 1) AS average_task_completion_percent,
    round(avg(e.weight_change_kg), 2) AS average_weight_change_kg,
    round(avg(e.body_fat_change_points), 2) AS average_body_fat_change_points,
    count(*) FILTER (WHERE e.goal_achieved) AS goals_achieved
FROM analytics.mv_protocol_effectiveness AS e
GROUP BY e.professional_id, e.template_id
HAVING count(DISTINCT e.patient_id) >= 5;
COMMENT ON VIEW analytics.template_effectiveness IS
'Resultado por modelo. Menos de cinco pacientes não aparecem: com tão poucos, a média identifica pessoas.';

GRANT SELECT ON TABLE analytics.protocol_effectiveness TO korevitta_app;
GRANT SELECT ON TABLE analytics.template_effectiveness TO korevitta_readonly;

INSERT INTO ops.matviews (view_name, refresh_period)
VALUES ('analytics.mv_protocol_effectiveness', interval '30 minutes');
