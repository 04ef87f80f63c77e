CREATE MATERIALIZED VIEW analytics.mv_patient_dashboard AS
 WITH today AS (
         SELECT ((now() AT TIME ZONE 'America/Sao_Paulo'::text))::date AS local_date
        ), patient_checkins AS (
         SELECT c.patient_id,
            max(c.submitted_at) AS last_checkin_at,
            count(*) FILTER (WHERE (c.submitted_at >= (now() - '30 days'::interval))) AS checkins_30d,
            count(*) FILTER (WHERE (c.reviewed_at IS NULL)) AS pending_reviews,
            round(avg(c.adherence_score) FILTER (WHERE (c.submitted_at >= (now() - '30 days'::interval))), 1) AS average_adherence_30d,
            round(avg(c.mood_score) FILTER (WHERE (c.submitted_at >= (now() - '30 days'::interval))), 1) AS average_mood_30d
           FROM checkin.checkins c
          WHERE (c.deleted_at IS NULL)
          GROUP BY c.patient_id
        ), patient_reviews AS (
         SELECT r.patient_id,
            max(r.reviewed_at) AS last_review_at
           FROM checkin.reviews r
          WHERE (r.deleted_at IS NULL)
          GROUP BY r.patient_id
        ), patient_tasks AS (
         SELECT t.patient_id,
            count(*) AS due_7d,
            count(done.id) AS completed_7d
           FROM ((daily.tasks t
             LEFT JOIN daily.task_completions done ON ((t.id = done.task_id)))
             CROSS JOIN today)
          WHERE ((t.deleted_at IS NULL) AND (t.due_on > (today.local_date - 7)) AND (t.due_on <= today.local_date))
          GROUP BY t.patient_id
        ), patient_threads AS (
         SELECT th.patient_id,
            sum(th.professional_unread_count) AS unread_messages
           FROM communication.threads th
          WHERE (th.deleted_at IS NULL)
          GROUP BY th.patient_id
        ), water_targets AS (
         SELECT DISTINCT ON (h.patient_id) h.patient_id,
            h.daily_target_ml
           FROM (hydration.plans h
             CROSS JOIN today)
          WHERE ((h.deleted_at IS NULL) AND (h.starts_on <= today.local_date) AND ((h.ends_on IS NULL) OR (h.ends_on >= today.local_date)))
          ORDER BY h.patient_id, h.starts_on DESC, h.id DESC
        ), water_days AS (
         SELECT w.patient_id,
            ((w.logged_at AT TIME ZONE 'America/Sao_Paulo'::text))::date AS local_date,
            sum(w.volume_ml) AS volume_ml
           FROM hydration.water_intake_logs w
          WHERE (w.logged_at >= (now() - '7 days'::interval))
          GROUP BY w.patient_id, (((w.logged_at AT TIME ZONE 'America/Sao_Paulo'::text))::date)
        ), patient_water AS (
         SELECT d.patient_id,
            round(avg(d.volume_ml)) AS average_ml_7d
           FROM water_days d
          GROUP BY d.patient_id
        ), last_weights AS (
         SELECT DISTINCT ON (m.patient_id) m.patient_id,
            m.measured_at,
            m.measured_value
           FROM progress.body_measurements m
          WHERE ((m.unit = 'kg'::progress.measurement_unit) AND (m.deleted_at IS NULL))
          ORDER BY m.patient_id, m.measured_at DESC, m.id DESC
        ), patient_photos AS (
         SELECT f.patient_id,
            max(f.taken_on) AS last_photo_on
           FROM progress.progress_photos f
          WHERE (f.deleted_at IS NULL)
          GROUP BY f.patient_id
        )
 SELECT p.id AS patient_id,
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
    COALESCE(pc.checkins_30d, (0)::bigint) AS checkins_30d,
    COALESCE(pc.pending_reviews, (0)::bigint) AS pending_reviews,
    COALESCE(pt.due_7d, (0)::bigint) AS tasks_due_7d,
    COALESCE(pt.completed_7d, (0)::bigint) AS tasks_completed_7d,
    COALESCE(pth.unread_messages, (0)::bigint) AS unread_messages,
    now() AS computed_at
   FROM (((((((((core.patients p
     LEFT JOIN protocol.protocols active ON (((p.id = active.patient_id) AND (active.status = 'active'::protocol.protocol_status) AND (active.deleted_at IS NULL))))
     LEFT JOIN patient_checkins pc ON ((p.id = pc.patient_id)))
     LEFT JOIN patient_reviews pr ON ((p.id = pr.patient_id)))
     LEFT JOIN patient_tasks pt ON ((p.id = pt.patient_id)))
     LEFT JOIN patient_threads pth ON ((p.id = pth.patient_id)))
     LEFT JOIN water_targets wt ON ((p.id = wt.patient_id)))
     LEFT JOIN patient_water pw ON ((p.id = pw.patient_id)))
     LEFT JOIN last_weights lw ON ((p.id = lw.patient_id)))
     LEFT JOIN patient_photos pf ON ((p.id = pf.patient_id)))
  WHERE (p.deleted_at IS NULL)
WITH NO DATA;

CREATE UNIQUE INDEX mv_patient_dashboard_key ON analytics.mv_patient_dashboard USING btree (patient_id);

CREATE INDEX mv_patient_dashboard_professional_id_idx ON analytics.mv_patient_dashboard USING btree (professional_id, risk_score DESC);

ALTER MATERIALIZED VIEW analytics.mv_patient_dashboard OWNER TO korevitta_owner;

COMMENT ON MATERIALIZED VIEW analytics.mv_patient_dashboard IS 'Uma linha por paciente, sem nome nem contato. Matviews não têm RLS: a aplicação lê analytics.patient_dashboard.';
