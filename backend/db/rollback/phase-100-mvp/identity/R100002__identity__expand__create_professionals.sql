-- Desfaz V100002: remove os profissionais.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE identity.professionals;
DROP TYPE identity.discipline;
