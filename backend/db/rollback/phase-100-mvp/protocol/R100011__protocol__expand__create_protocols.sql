-- Desfaz V100011: remove módulos e protocolos.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE protocol.protocol_modules;
DROP TABLE protocol.protocols;
DROP TYPE protocol.module_kind;
DROP TYPE protocol.protocol_status;
