CREATE VIEW analytics.practice_overview AS
 SELECT professional_id,
    count(*) AS patients,
    count(*) FILTER (WHERE (status = 'active'::core.patient_status)) AS active_patients,
    round(avg(risk_score), 1) AS average_risk_score,
    sum(checkins_30d) AS checkins_30d,
    sum(pending_reviews) AS pending_reviews,
    round(avg(average_adherence_30d), 1) AS average_adherence_30d
   FROM analytics.mv_patient_overview o
  GROUP BY professional_id
 HAVING (count(*) >= 5);

ALTER VIEW analytics.practice_overview OWNER TO korevitta_owner;

GRANT SELECT ON TABLE analytics.practice_overview TO korevitta_readonly;

COMMENT ON VIEW analytics.practice_overview IS 'Resumo por consultório. Menos de cinco pacientes não aparecem: com tão poucos, a média identifica pessoas.';
