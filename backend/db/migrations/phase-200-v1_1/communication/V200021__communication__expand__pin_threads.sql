-- O que faz: uma conversa pode ser fixada no topo da lista.
-- Por que é seguro: padrão constante não reescreve a tabela; a 1.0, que não conhece a coluna, segue gravando.
-- O rollback remove a coluna.
SET LOCAL lock_timeout = '5s';

ALTER TABLE communication.threads ADD COLUMN is_pinned boolean NOT NULL DEFAULT FALSE;

COMMENT ON COLUMN communication.threads.is_pinned IS 'Fixada no topo da lista do profissional.';
