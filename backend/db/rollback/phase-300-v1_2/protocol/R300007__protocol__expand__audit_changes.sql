-- Desfaz V300007: as tabelas deixam de ser auditadas.
SET LOCAL lock_timeout = '5s';

DROP TRIGGER protocol_versions_audit ON protocol.protocol_versions;
DROP TRIGGER protocols_audit ON protocol.protocols;
