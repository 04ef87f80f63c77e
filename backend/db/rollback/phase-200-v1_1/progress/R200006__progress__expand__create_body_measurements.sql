-- Desfaz V200006: as medidas e o catálogo de locais deixam de existir.
SET LOCAL lock_timeout = '5s';

DROP TABLE progress.body_measurements;
DROP TABLE progress.body_sites;
DROP TYPE progress.measurement_unit;
DROP TYPE progress.measurement_kind;
