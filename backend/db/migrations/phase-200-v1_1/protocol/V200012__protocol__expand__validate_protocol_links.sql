-- O que faz: confere as linhas antigas contra as chaves estrangeiras que nasceram NOT VALID na V200010.
-- Por que é seguro: VALIDATE lê a tabela sob SHARE UPDATE EXCLUSIVE, que deixa ler e gravar.
-- O rollback devolve as duas chaves ao estado não validado.
SET LOCAL lock_timeout = '5s';

ALTER TABLE protocol.protocols VALIDATE CONSTRAINT protocols_template_id_fkey;
ALTER TABLE protocol.protocols VALIDATE CONSTRAINT protocols_goal_id_fkey;
