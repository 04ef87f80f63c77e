-- O que a API da versão 1.1 envia ao banco, gravado dela, além do que já enviava a 1.0.

-- O painel do profissional.
SELECT d.*
FROM analytics.patient_dashboard AS d
LIMIT 50;

-- As revisões dos check-ins, que a 1.1 lê da tabela própria.
SELECT
    r.id,
    r.patient_id,
    r.created_at
FROM checkin.reviews AS r
ORDER BY r.created_at DESC
LIMIT 50;

-- A água de hoje.
SELECT
    l.patient_id,
    sum(l.volume_ml) AS volume_ml
FROM hydration.water_intake_logs AS l
WHERE l.logged_at >= date_trunc('day', now())
GROUP BY l.patient_id;
