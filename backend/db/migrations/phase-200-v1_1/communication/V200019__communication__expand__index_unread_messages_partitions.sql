-- O que faz: passo 2 de 3: o índice de cada partição existente, um por vez.
-- Por que é seguro: CONCURRENTLY não bloqueia escritas; interrompido, executar de novo refaz o que ficou inválido.
-- O rollback remove os índices das partições.
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_01_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_01_unread_idx
ON communication.messages_2026_01 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_02_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_02_unread_idx
ON communication.messages_2026_02 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_03_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_03_unread_idx
ON communication.messages_2026_03 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_04_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_04_unread_idx
ON communication.messages_2026_04 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_05_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_05_unread_idx
ON communication.messages_2026_05 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_06_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_06_unread_idx
ON communication.messages_2026_06 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_07_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_07_unread_idx
ON communication.messages_2026_07 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_08_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_08_unread_idx
ON communication.messages_2026_08 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_09_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_09_unread_idx
ON communication.messages_2026_09 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_10_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_10_unread_idx
ON communication.messages_2026_10 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_11_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_11_unread_idx
ON communication.messages_2026_11 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_12_unread_idx;
CREATE INDEX CONCURRENTLY messages_2026_12_unread_idx
ON communication.messages_2026_12 (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_default_unread_idx;
CREATE INDEX CONCURRENTLY messages_default_unread_idx
ON communication.messages_default (professional_id, patient_id, sent_at)
WHERE read_at IS NULL AND deleted_at IS NULL;
