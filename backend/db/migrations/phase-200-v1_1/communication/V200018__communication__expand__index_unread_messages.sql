-- O que faz: passo 1 de 3 do índice das mensagens não lidas, em uma tabela particionada que já tem linhas. ON ONLY
-- cria o índice só na tabela-mãe, inválido; os das partições vêm na V200019, sem bloquear, e a V200020 os anexa.
-- Por que é seguro: nenhuma linha é lida; uma partição criada a partir daqui já nasce com o índice.
-- O rollback remove o índice.
SET LOCAL lock_timeout = '5s';

-- harness: allow squawk:require-concurrent-index-creation -- ON ONLY não lê nem bloqueia as partições
CREATE INDEX messages_unread_idx ON ONLY communication.messages (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
