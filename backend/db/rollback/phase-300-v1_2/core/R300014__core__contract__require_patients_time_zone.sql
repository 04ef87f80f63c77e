-- Desfaz V300014: o CHECK volta, validado, e a coluna volta a aceitar NULL.
SET LOCAL lock_timeout = '5s';

ALTER TABLE core.patients
ADD CONSTRAINT patients_time_zone_present_check CHECK (time_zone IS NOT NULL) NOT VALID;
ALTER TABLE core.patients
VALIDATE CONSTRAINT patients_time_zone_present_check;
ALTER TABLE core.patients
ALTER COLUMN time_zone DROP NOT NULL;
