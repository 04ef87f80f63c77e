-- Desfaz V200020. Um índice anexado não se solta: o da tabela-mãe é removido com todos e o estado do passo 2 é refeito.
-- A construção bloqueia as escritas de cada partição enquanto dura: um rollback é uma transação só, sem CONCURRENTLY.
SET LOCAL lock_timeout = '5s';

DROP INDEX communication.messages_unread_idx;
CREATE INDEX messages_unread_idx ON ONLY communication.messages (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_01_unread_idx ON communication.messages_2026_01 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_02_unread_idx ON communication.messages_2026_02 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_03_unread_idx ON communication.messages_2026_03 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_04_unread_idx ON communication.messages_2026_04 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_05_unread_idx ON communication.messages_2026_05 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_06_unread_idx ON communication.messages_2026_06 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_07_unread_idx ON communication.messages_2026_07 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_08_unread_idx ON communication.messages_2026_08 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_09_unread_idx ON communication.messages_2026_09 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_10_unread_idx ON communication.messages_2026_10 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_11_unread_idx ON communication.messages_2026_11 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_2026_12_unread_idx ON communication.messages_2026_12 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX messages_default_unread_idx ON communication.messages_default (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
