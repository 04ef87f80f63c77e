CREATE VIEW analytics.practice_dashboard AS
 SELECT professional_id,
    count(*) AS patients,
    count(*) FILTER (WHERE (status = 'active'::core.patient_status)) AS active_patients,
    count(active_protocol_id) AS patients_with_protocol,
    round(avg(risk_score), 1) AS average_risk_score,
    sum(checkins_30d) AS checkins_30d,
    sum(pending_reviews) AS pending_reviews,
    round(avg(average_adherence_30d), 1) AS average_adherence_30d,
    sum(tasks_due_7d) AS tasks_due_7d,
    sum(tasks_completed_7d) AS tasks_completed_7d
   FROM analytics.mv_patient_dashboard d
  GROUP BY professional_id
 HAVING (count(*) >= 5);

ALTER VIEW analytics.practice_dashboard OWNER TO korevitta_owner;

GRANT SELECT ON TABLE analytics.practice_dashboard TO korevitta_readonly;

COMMENT ON VIEW analytics.practice_dashboard IS 'Resumo por consultório. Menos de cinco pacientes não aparecem: com tão poucos, a média identifica pessoas.';
