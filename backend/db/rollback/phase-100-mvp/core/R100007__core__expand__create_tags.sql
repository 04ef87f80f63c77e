-- Desfaz V100007: remove as etiquetas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE core.patient_tags;
DROP TABLE core.tags;
