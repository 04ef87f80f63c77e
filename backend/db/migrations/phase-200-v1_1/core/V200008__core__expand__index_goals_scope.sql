-- O que faz: constrói, sem bloquear escritas, o índice único que a V200009 transforma em restrição.
-- Por que é seguro: CONCURRENTLY espera as transações em curso e deixa ler e gravar. Se a construção for interrompida,
-- executar de novo remove o índice inválido que sobrou e recomeça. Não há duplicata possível: id já é a chave primária.
-- O rollback remove o índice.
DROP INDEX CONCURRENTLY IF EXISTS core.goals_scope_key;
CREATE UNIQUE INDEX CONCURRENTLY goals_scope_key ON core.goals (professional_id, patient_id, id);
