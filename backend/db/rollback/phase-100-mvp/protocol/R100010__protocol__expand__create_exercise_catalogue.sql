-- Desfaz V100010: remove o catálogo de exercícios.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE protocol.exercises;
DROP TYPE protocol.equipment;
DROP TYPE protocol.muscle_group;
