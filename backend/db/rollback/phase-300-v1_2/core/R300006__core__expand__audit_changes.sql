-- Desfaz V300006: as tabelas deixam de ser auditadas.
SET LOCAL lock_timeout = '5s';

DROP TRIGGER consents_audit ON core.consents;
DROP TRIGGER patients_audit ON core.patients;
