-- Desfaz V300009: as tabelas deixam de ser auditadas.
SET LOCAL lock_timeout = '5s';

DROP TRIGGER progress_photos_audit ON progress.progress_photos;
DROP TRIGGER body_measurements_audit ON progress.body_measurements;
