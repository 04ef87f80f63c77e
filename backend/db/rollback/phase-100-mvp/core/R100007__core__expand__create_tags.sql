-- Desfaz V100007: remove as etiquetas.
SET LOCAL lock_timeout = '5s';

DROP TABLE core.patient_tags;
DROP TABLE core.tags;
