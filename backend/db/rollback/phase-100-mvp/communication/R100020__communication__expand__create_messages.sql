-- Desfaz V100020: remove as mensagens, a contagem e o registro da manutenção.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DELETE FROM ops.partitioned_tables
WHERE table_name = 'communication.messages';
DROP TABLE communication.messages;
DROP FUNCTION communication.count_message();
