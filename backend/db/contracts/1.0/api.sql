-- O que a API da versão 1.0 envia ao banco, gravado dela: as releases seguintes não podem quebrar nada daqui
-- enquanto ela ainda estiver no ar. O harness executa cada comando como korevitta_app, no contexto de um
-- profissional e no de um paciente, antes e depois de cada migration que toca uma destas tabelas.

-- A lista de pacientes do profissional.
SELECT
    p.id,
    p.full_name,
    p.status,
    p.risk_score
FROM core.patients AS p
WHERE p.professional_id = (SELECT app.current_professional_id()) AND p.deleted_at IS NULL
ORDER BY p.risk_score DESC, p.full_name ASC
LIMIT 50;

-- O dia do paciente.
SELECT
    t.id,
    t.kind,
    t.title,
    t.due_time,
    c.completed_at
FROM daily.tasks AS t
LEFT JOIN daily.task_completions AS c ON t.id = c.task_id
WHERE t.due_on = current_date AND t.deleted_at IS NULL
ORDER BY t.due_time, t.position;

-- Os check-ins que esperam revisão, com as anotações de quem os revisa.
SELECT
    c.id,
    c.patient_id,
    c.submitted_at,
    c.adherence_score,
    c.professional_notes
FROM checkin.checkins AS c
WHERE c.reviewed_at IS NULL AND c.deleted_at IS NULL
ORDER BY c.submitted_at
LIMIT 50;

-- As conversas com mensagens não lidas.
SELECT
    t.id,
    t.subject,
    t.professional_unread_count,
    t.last_message_at
FROM communication.threads AS t
WHERE t.professional_unread_count > 0 AND t.deleted_at IS NULL
ORDER BY t.last_message_at DESC
LIMIT 20;

-- A revisão de um check-in, como a 1.0 a grava: na própria linha.
UPDATE checkin.checkins
SET professional_notes = 'Boa semana; manter o plano.', reviewed_at = now()
WHERE reviewed_at IS NULL AND deleted_at IS NULL;
