-- Desfaz V200023: não há como "desvalidar" uma restrição; elas saem e voltam NOT VALID, na mesma transação.
SET LOCAL lock_timeout = '5s';

ALTER TABLE core.patients
DROP CONSTRAINT patients_time_zone_present_check,
DROP CONSTRAINT patients_time_zone_check,
ADD CONSTRAINT patients_time_zone_check
CHECK (char_length(time_zone) BETWEEN 1 AND 64) NOT VALID,
ADD CONSTRAINT patients_time_zone_present_check
CHECK (time_zone IS NOT NULL) NOT VALID;
