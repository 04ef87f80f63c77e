-- Desfaz V200019: remove os índices das partições, sem bloquear escritas.
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_default_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_12_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_11_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_10_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_09_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_08_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_07_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_06_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_05_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_04_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_03_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_02_unread_idx;
DROP INDEX CONCURRENTLY IF EXISTS communication.messages_2026_01_unread_idx;
