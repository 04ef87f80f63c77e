CREATE VIEW analytics.protocol_effectiveness WITH (security_barrier = true) AS
 SELECT protocol_id,
    professional_id,
    patient_id,
    template_id,
    goal_id,
    status,
    started_on,
    finished_on,
    days_followed,
    checkins,
    average_adherence,
    tasks_due,
    tasks_completed,
    task_completion_percent,
    weight_change_kg,
    body_fat_change_points,
    skeletal_muscle_change_kg,
    goal_achieved,
    computed_at
   FROM analytics.mv_protocol_effectiveness e
  WHERE (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER VIEW analytics.protocol_effectiveness OWNER TO korevitta_owner;

GRANT SELECT ON TABLE analytics.protocol_effectiveness TO korevitta_app;

COMMENT ON VIEW analytics.protocol_effectiveness IS 'Resultado dos protocolos do consultório da sessão.';
