-- Desfaz V300010: as tabelas deixam de ser auditadas.
SET LOCAL lock_timeout = '5s';

DROP TRIGGER biomarkers_audit ON analytics.biomarkers;
DROP TRIGGER biomarker_panels_audit ON analytics.biomarker_panels;
DROP TRIGGER body_compositions_audit ON analytics.body_compositions;
