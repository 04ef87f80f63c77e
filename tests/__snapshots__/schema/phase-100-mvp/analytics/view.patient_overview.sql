CREATE VIEW analytics.patient_overview WITH (security_barrier = true) AS
 SELECT patient_id,
    professional_id,
    status,
    risk_score,
    active_protocol_id,
    active_protocol_starts_on,
    last_checkin_at,
    checkins_30d,
    pending_reviews,
    average_adherence_30d,
    tasks_due_7d,
    tasks_completed_7d,
    unread_messages,
    computed_at
   FROM analytics.mv_patient_overview o
  WHERE (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER VIEW analytics.patient_overview OWNER TO korevitta_owner;

GRANT SELECT ON TABLE analytics.patient_overview TO korevitta_app;

COMMENT ON VIEW analytics.patient_overview IS 'Visão dos pacientes do consultório da sessão.';
