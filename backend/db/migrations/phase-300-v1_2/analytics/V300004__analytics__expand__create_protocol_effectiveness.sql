-- O que faz: analytics.mv_protocol_effectiveness, uma linha por protocolo que começou: quanto durou, quanto foi
-- seguido e o que mudou no corpo no período; e o agregado por modelo, para BI.
-- Por que é seguro: a matview lê as tabelas com bloqueio de leitura apenas; nada existente muda.
-- O rollback remove as duas views, a matview e o registro em ops.matviews.
SET LOCAL lock_timeout = '5s';

-- Sem isto o RLS forçado esconderia as linhas do próprio dono e a matview nasceria vazia.
SET LOCAL app.maintenance = 'on';

CREATE MATERIALIZED VIEW analytics.mv_protocol_effectiveness AS
SELECT
    p.id AS protocol_id,
    p.professional_id,
    p.patient_id,
    p.template_id,
    p.goal_id,
    p.status,
    span.started_on,
    span.finished_on,
    span.finished_on - span.started_on + 1 AS days_followed,
    COALESCE(checkins.checkins, 0) AS checkins,
    checkins.average_adherence,
    COALESCE(tasks.due, 0) AS tasks_due,
    COALESCE(tasks.completed, 0) AS tasks_completed,
    round(100.0 * tasks.completed / NULLIF(tasks.due, 0), 1) AS task_completion_percent,
    checkins.last_weight_kg - checkins.first_weight_kg AS weight_change_kg,
    body.last_fat_percent - body.first_fat_percent AS body_fat_change_points,
    body.last_muscle_kg - body.first_muscle_kg AS skeletal_muscle_change_kg,
    goal.status = 'achieved' AS goal_achieved,
    now() AS computed_at
FROM protocol.protocols AS p
CROSS JOIN LATERAL (
    SELECT
        COALESCE(p.activated_at::date, p.starts_on) AS started_on,
        LEAST(COALESCE(p.ends_on, current_date), current_date) AS finished_on
) AS span
LEFT JOIN core.goals AS goal ON p.goal_id = goal.id
LEFT JOIN LATERAL (
    SELECT
        count(*) AS checkins,
        round(avg(c.adherence_score), 1) AS average_adherence,
        (array_agg(c.weight_kg ORDER BY c.submitted_at) FILTER (WHERE c.weight_kg IS NOT NULL))[1]
            AS first_weight_kg,
        (array_agg(c.weight_kg ORDER BY c.submitted_at DESC) FILTER (WHERE c.weight_kg IS NOT NULL))[1]
            AS last_weight_kg
    FROM checkin.checkins AS c
    WHERE
        c.patient_id = p.patient_id
        AND c.professional_id = p.professional_id
        AND c.deleted_at IS NULL
        AND c.submitted_at >= span.started_on
        AND c.submitted_at < span.finished_on + 1
) AS checkins ON TRUE
LEFT JOIN LATERAL (
    SELECT
        count(*) AS due,
        count(done.id) AS completed
    FROM daily.tasks AS t
    LEFT JOIN daily.task_completions AS done ON t.id = done.task_id
    WHERE
        t.patient_id = p.patient_id
        AND t.deleted_at IS NULL
        AND t.due_on BETWEEN span.started_on AND span.finished_on
) AS tasks ON TRUE
LEFT JOIN LATERAL (
    SELECT
        (array_agg(b.body_fat_percent ORDER BY b.measured_at))[1] AS first_fat_percent,
        (array_agg(b.body_fat_percent ORDER BY b.measured_at DESC))[1] AS last_fat_percent,
        (array_agg(b.skeletal_muscle_mass_kg ORDER BY b.measured_at))[1] AS first_muscle_kg,
        (array_agg(b.skeletal_muscle_mass_kg ORDER BY b.measured_at DESC))[1] AS last_muscle_kg
    FROM analytics.body_compositions AS b
    WHERE
        b.patient_id = p.patient_id
        AND b.professional_id = p.professional_id
        AND b.deleted_at IS NULL
        AND b.measured_at >= span.started_on
        AND b.measured_at < span.finished_on + 1
) AS body ON TRUE
WHERE p.deleted_at IS NULL AND p.status <> 'draft' AND span.started_on <= span.finished_on;
COMMENT ON MATERIALIZED VIEW analytics.mv_protocol_effectiveness IS
'Uma linha por protocolo iniciado. Matviews não têm RLS: a aplicação lê analytics.protocol_effectiveness.';

CREATE UNIQUE INDEX mv_protocol_effectiveness_key ON analytics.mv_protocol_effectiveness (protocol_id);
CREATE INDEX mv_protocol_effectiveness_professional_id_idx
ON analytics.mv_protocol_effectiveness (professional_id, template_id);

-- Com os direitos do dono, de propósito: a aplicação não tem acesso à matview e só passa por este filtro, que
-- security_barrier impede de contornar com funções na consulta.
CREATE VIEW analytics.protocol_effectiveness WITH (security_barrier = true) AS
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
VALUES ('analytics.mv_protocol_effectiveness', INTERVAL '30 minutes');
