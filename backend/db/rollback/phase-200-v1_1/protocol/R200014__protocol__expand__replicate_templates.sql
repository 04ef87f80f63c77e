-- Desfaz V200014: as funções saem; os protocolos e modelos já criados por elas ficam.
SET LOCAL lock_timeout = '5s';

DROP FUNCTION protocol.replicate_template(uuid, uuid, date);
DROP FUNCTION protocol.save_as_template(uuid, text);
DROP FUNCTION protocol.adopt_library_template(uuid);
DROP FUNCTION protocol.apply_blueprint(uuid, jsonb);
