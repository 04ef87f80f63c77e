-- Desfaz V200002: as versões publicadas deixam de existir.
SET LOCAL lock_timeout = '5s';

DROP TABLE protocol.protocol_versions;
DROP FUNCTION protocol.refuse_version_change();
