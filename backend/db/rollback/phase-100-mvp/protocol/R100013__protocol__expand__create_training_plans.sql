-- Desfaz V100013: remove exercícios prescritos, sessões e planos de treino.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE protocol.training_exercises;
DROP TABLE protocol.training_sessions;
DROP TABLE protocol.training_plans;
