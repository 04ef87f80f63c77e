-- Desfaz V200009: remover a restrição remove também o índice que ela adotou, então ele é refeito aqui. A construção
-- bloqueia as escritas em core.goals enquanto dura: um rollback é uma transação só, e CONCURRENTLY não cabe nela.
SET LOCAL lock_timeout = '5s';

ALTER TABLE core.goals DROP CONSTRAINT goals_scope_key;
CREATE UNIQUE INDEX goals_scope_key ON core.goals (professional_id, patient_id, id);
