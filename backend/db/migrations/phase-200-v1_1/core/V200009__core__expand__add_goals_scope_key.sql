-- O que faz: UNIQUE (professional_id, patient_id, id) em core.goals, alvo das chaves estrangeiras que levam o escopo.
-- Por que é seguro: USING INDEX adota o índice pronto da V200008; o bloqueio exclusivo dura só a troca no catálogo.
-- O rollback remove a restrição e devolve o índice avulso.
SET LOCAL lock_timeout = '5s';

ALTER TABLE core.goals ADD CONSTRAINT goals_scope_key UNIQUE USING INDEX goals_scope_key;
