CREATE MATERIALIZED VIEW analytics.mv_patient_overview AS
 WITH today AS (
         SELECT ((now() AT TIME ZONE 'America/Sao_Paulo'::text))::date AS local_date
        ), patient_checkins AS (
         SELECT c.patient_id,
            max(c.submitted_at) AS last_checkin_at,
            count(*) FILTER (WHERE (c.submitted_at >= (now() - '30 days'::interval))) AS checkins_30d,
            count(*) FILTER (WHERE (c.reviewed_at IS NULL)) AS pending_reviews,
            round(avg(c.adherence_score) FILTER (WHERE (c.submitted_at >= (now() - '30 days'::interval))), 1) AS average_adherence_30d
           FROM checkin.checkins c
          WHERE (c.deleted_at IS NULL)
          GROUP BY c.patient_id
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
        )
 SELECT p.id AS patient_id,
    p.professional_id,
    p.status,
    p.risk_score,
    active.id AS active_protocol_id,
    active.starts_on AS active_protocol_starts_on,
    pc.last_checkin_at,
    pc.average_adherence_30d,
    COALESCE(pc.checkins_30d, (0)::bigint) AS checkins_30d,
    COALESCE(pc.pending_reviews, (0)::bigint) AS pending_reviews,
    COALESCE(pt.due_7d, (0)::bigint) AS tasks_due_7d,
    COALESCE(pt.completed_7d, (0)::bigint) AS tasks_completed_7d,
    COALESCE(pth.unread_messages, (0)::bigint) AS unread_messages,
    now() AS computed_at
   FROM ((((core.patients p
     LEFT JOIN protocol.protocols active ON (((p.id = active.patient_id) AND (active.status = 'active'::protocol.protocol_status) AND (active.deleted_at IS NULL))))
     LEFT JOIN patient_checkins pc ON ((p.id = pc.patient_id)))
     LEFT JOIN patient_tasks pt ON ((p.id = pt.patient_id)))
     LEFT JOIN patient_threads pth ON ((p.id = pth.patient_id)))
  WHERE (p.deleted_at IS NULL)
WITH NO DATA;

CREATE UNIQUE INDEX mv_patient_overview_key ON analytics.mv_patient_overview USING btree (patient_id);

CREATE INDEX mv_patient_overview_professional_id_idx ON analytics.mv_patient_overview USING btree (professional_id, risk_score DESC);

ALTER MATERIALIZED VIEW analytics.mv_patient_overview OWNER TO korevitta_owner;

COMMENT ON MATERIALIZED VIEW analytics.mv_patient_overview IS 'Uma linha por paciente, sem nome nem contato. Matviews não têm RLS: a aplicação lê analytics.patient_overview.';
