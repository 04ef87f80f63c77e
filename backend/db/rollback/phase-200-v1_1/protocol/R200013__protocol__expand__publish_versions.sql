-- Desfaz V200013: as funções saem; as versões já publicadas ficam na tabela.
SET LOCAL lock_timeout = '5s';

DROP FUNCTION protocol.publish_version(uuid, text);
DROP FUNCTION protocol.protocol_snapshot(uuid);
DROP FUNCTION protocol.module_blueprint(uuid);
