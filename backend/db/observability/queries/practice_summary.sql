-- pergunta: como estão os consultórios: pacientes, risco, check-ins por rever?
-- quando usar: acompanhamento semanal; conferir, de fora, que o painel tem números.
-- colunas: professional_id, patients, active_patients, average_risk_score, checkins_30d, pending_reviews,
-- task_completion_percent
-- papel: korevitta_readonly
-- Consultórios com menos de cinco pacientes não aparecem: com tão poucos, a média identifica pessoas.
SELECT
    d.professional_id,
    d.patients,
    d.active_patients,
    d.average_risk_score,
    d.checkins_30d,
    d.pending_reviews,
    round(100.0 * d.tasks_completed_7d / nullif(d.tasks_due_7d, 0), 1) AS task_completion_percent
FROM analytics.practice_dashboard AS d
ORDER BY d.patients DESC, d.professional_id;
