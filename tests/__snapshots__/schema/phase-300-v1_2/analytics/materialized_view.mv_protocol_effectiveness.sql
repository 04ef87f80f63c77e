CREATE MATERIALIZED VIEW analytics.mv_protocol_effectiveness AS
 WITH today AS (
         SELECT ((now() AT TIME ZONE 'America/Sao_Paulo'::text))::date AS local_date
        ), spans AS (
         SELECT p.id,
            p.professional_id,
            p.patient_id,
            p.title,
            p.objective,
            p.status,
            p.starts_on,
            p.ends_on,
            p.activated_at,
            p.created_at,
            p.updated_at,
            p.deleted_at,
            p.template_id,
            p.goal_id,
            COALESCE(((p.activated_at AT TIME ZONE 'America/Sao_Paulo'::text))::date, p.starts_on) AS started_on,
            LEAST(COALESCE(p.ends_on, today.local_date), today.local_date) AS finished_on
           FROM (protocol.protocols p
             CROSS JOIN today)
          WHERE ((p.deleted_at IS NULL) AND (p.status <> 'draft'::protocol.protocol_status))
        ), started AS (
         SELECT s_1.id,
            s_1.professional_id,
            s_1.patient_id,
            s_1.title,
            s_1.objective,
            s_1.status,
            s_1.starts_on,
            s_1.ends_on,
            s_1.activated_at,
            s_1.created_at,
            s_1.updated_at,
            s_1.deleted_at,
            s_1.template_id,
            s_1.goal_id,
            s_1.started_on,
            s_1.finished_on,
            ((s_1.started_on)::timestamp without time zone AT TIME ZONE 'America/Sao_Paulo'::text) AS from_instant,
            (((s_1.finished_on + 1))::timestamp without time zone AT TIME ZONE 'America/Sao_Paulo'::text) AS to_instant
           FROM spans s_1
          WHERE (s_1.started_on <= s_1.finished_on)
        ), protocol_checkins AS (
         SELECT s_1.id AS protocol_id,
            count(*) AS checkins,
            round(avg(c.adherence_score), 1) AS average_adherence,
            max(c.submitted_at) FILTER (WHERE (c.weight_kg IS NOT NULL)) AS last_weighed_at,
            min(c.submitted_at) FILTER (WHERE (c.weight_kg IS NOT NULL)) AS first_weighed_at
           FROM (started s_1
             JOIN checkin.checkins c ON (((s_1.patient_id = c.patient_id) AND (c.deleted_at IS NULL) AND (c.submitted_at >= s_1.from_instant) AND (c.submitted_at < s_1.to_instant))))
          GROUP BY s_1.id
        ), protocol_weights AS (
         SELECT DISTINCT ON (s_1.id) s_1.id AS protocol_id,
            (last_checkin.weight_kg - first_checkin.weight_kg) AS change_kg
           FROM (((started s_1
             JOIN protocol_checkins pc_1 ON ((s_1.id = pc_1.protocol_id)))
             JOIN checkin.checkins first_checkin ON (((s_1.patient_id = first_checkin.patient_id) AND (pc_1.first_weighed_at = first_checkin.submitted_at) AND (first_checkin.weight_kg IS NOT NULL) AND (first_checkin.deleted_at IS NULL))))
             JOIN checkin.checkins last_checkin ON (((s_1.patient_id = last_checkin.patient_id) AND (pc_1.last_weighed_at = last_checkin.submitted_at) AND (last_checkin.weight_kg IS NOT NULL) AND (last_checkin.deleted_at IS NULL))))
          ORDER BY s_1.id, first_checkin.id, last_checkin.id DESC
        ), protocol_tasks AS (
         SELECT s_1.id AS protocol_id,
            count(*) AS due,
            count(done.id) AS completed
           FROM ((started s_1
             JOIN daily.tasks t ON (((s_1.patient_id = t.patient_id) AND (t.deleted_at IS NULL) AND ((t.due_on >= s_1.started_on) AND (t.due_on <= s_1.finished_on)))))
             LEFT JOIN daily.task_completions done ON ((t.id = done.task_id)))
          GROUP BY s_1.id
        ), exams AS (
         SELECT s_1.id AS protocol_id,
            b.body_fat_percent,
            b.skeletal_muscle_mass_kg,
            row_number() OVER (PARTITION BY s_1.id ORDER BY b.measured_at, b.id) AS from_first,
            row_number() OVER (PARTITION BY s_1.id ORDER BY b.measured_at DESC, b.id DESC) AS from_last
           FROM (started s_1
             JOIN analytics.body_compositions b ON (((s_1.patient_id = b.patient_id) AND (b.deleted_at IS NULL) AND (b.measured_at >= s_1.from_instant) AND (b.measured_at < s_1.to_instant))))
        ), protocol_exams AS (
         SELECT first_exam.protocol_id,
            (last_exam.body_fat_percent - first_exam.body_fat_percent) AS fat_change_points,
            (last_exam.skeletal_muscle_mass_kg - first_exam.skeletal_muscle_mass_kg) AS muscle_change_kg
           FROM (exams first_exam
             JOIN exams last_exam ON (((first_exam.protocol_id = last_exam.protocol_id) AND (first_exam.from_first = 1) AND (last_exam.from_last = 1))))
        )
 SELECT s.id AS protocol_id,
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
    ((s.finished_on - s.started_on) + 1) AS days_followed,
    COALESCE(pc.checkins, (0)::bigint) AS checkins,
    COALESCE(pt.due, (0)::bigint) AS tasks_due,
    COALESCE(pt.completed, (0)::bigint) AS tasks_completed,
    round(((100.0 * (pt.completed)::numeric) / (NULLIF(pt.due, 0))::numeric), 1) AS task_completion_percent,
    COALESCE((g.status = 'achieved'::core.goal_status), false) AS goal_achieved,
    now() AS computed_at
   FROM (((((started s
     LEFT JOIN core.goals g ON ((s.goal_id = g.id)))
     LEFT JOIN protocol_checkins pc ON ((s.id = pc.protocol_id)))
     LEFT JOIN protocol_weights pw ON ((s.id = pw.protocol_id)))
     LEFT JOIN protocol_tasks pt ON ((s.id = pt.protocol_id)))
     LEFT JOIN protocol_exams pe ON ((s.id = pe.protocol_id)))
WITH NO DATA;

CREATE UNIQUE INDEX mv_protocol_effectiveness_key ON analytics.mv_protocol_effectiveness USING btree (protocol_id);

CREATE INDEX mv_protocol_effectiveness_professional_id_idx ON analytics.mv_protocol_effectiveness USING btree (professional_id, template_id);

ALTER MATERIALIZED VIEW analytics.mv_protocol_effectiveness OWNER TO korevitta_owner;

COMMENT ON MATERIALIZED VIEW analytics.mv_protocol_effectiveness IS 'Uma linha por protocolo iniciado. Matviews não têm RLS: a aplicação lê analytics.protocol_effectiveness.';
