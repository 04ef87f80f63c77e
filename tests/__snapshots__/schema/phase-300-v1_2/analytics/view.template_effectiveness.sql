CREATE VIEW analytics.template_effectiveness AS
 SELECT professional_id,
    template_id,
    count(*) AS protocols,
    count(DISTINCT patient_id) AS patients,
    round(avg(days_followed), 1) AS average_days_followed,
    round(avg(average_adherence), 1) AS average_adherence,
    round(avg(task_completion_percent), 1) AS average_task_completion_percent,
    round(avg(weight_change_kg), 2) AS average_weight_change_kg,
    round(avg(body_fat_change_points), 2) AS average_body_fat_change_points,
    count(*) FILTER (WHERE goal_achieved) AS goals_achieved
   FROM analytics.mv_protocol_effectiveness e
  GROUP BY professional_id, template_id
 HAVING (count(DISTINCT patient_id) >= 5);

ALTER VIEW analytics.template_effectiveness OWNER TO korevitta_owner;

GRANT SELECT ON TABLE analytics.template_effectiveness TO korevitta_readonly;

COMMENT ON VIEW analytics.template_effectiveness IS 'Resultado por modelo. Menos de cinco pacientes não aparecem: com tão poucos, a média identifica pessoas.';
