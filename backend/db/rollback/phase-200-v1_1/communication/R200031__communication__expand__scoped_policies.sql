-- Desfaz V200031: as policies por escopo saem; valem de novo só as do MVP.
SET LOCAL lock_timeout = '5s';

DROP POLICY messages_patient_insert ON communication.messages;
DROP POLICY messages_patient_update ON communication.messages;
DROP POLICY messages_patient_select ON communication.messages;
DROP POLICY messages_professional_update ON communication.messages;
DROP POLICY messages_professional_insert ON communication.messages;
DROP POLICY messages_professional_select ON communication.messages;
DROP POLICY threads_patient_update ON communication.threads;
DROP POLICY threads_patient_insert ON communication.threads;
DROP POLICY threads_patient_select ON communication.threads;
DROP POLICY threads_professional_update ON communication.threads;
DROP POLICY threads_professional_insert ON communication.threads;
DROP POLICY threads_professional_select ON communication.threads;
