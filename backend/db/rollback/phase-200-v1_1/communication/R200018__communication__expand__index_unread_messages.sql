-- Desfaz V200018: remove o índice da tabela-mãe (e os que a manutenção tenha feito nas partições novas).
SET LOCAL lock_timeout = '5s';

DROP INDEX communication.messages_unread_idx;
