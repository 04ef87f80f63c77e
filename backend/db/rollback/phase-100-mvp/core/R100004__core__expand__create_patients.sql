-- Desfaz V100004: remove os pacientes, as funções de escopo e o tipo.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE core.patients;
DROP FUNCTION core.enforce_patient_limit();
DROP FUNCTION core.current_patient_professional_ids();
DROP FUNCTION core.current_patient_ids();
DROP TYPE core.patient_status;
