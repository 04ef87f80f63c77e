CREATE VIEW analytics.patient_dashboard WITH (security_barrier = true) AS
 SELECT patient_id,
    professional_id,
    status,
    risk_score,
    active_protocol_id,
    active_template_id,
    active_protocol_starts_on,
    last_checkin_at,
    checkins_30d,
    pending_reviews,
    average_adherence_30d,
    average_mood_30d,
    last_review_at,
    tasks_due_7d,
    tasks_completed_7d,
    unread_messages,
    water_target_ml,
    water_average_ml_7d,
    last_weighed_at,
    last_weight_kg,
    last_photo_on,
    computed_at
   FROM analytics.mv_patient_dashboard d
  WHERE (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER VIEW analytics.patient_dashboard OWNER TO korevitta_owner;

GRANT SELECT ON TABLE analytics.patient_dashboard TO korevitta_app;

COMMENT ON VIEW analytics.patient_dashboard IS 'Painel dos pacientes do consultório da sessão.';
