-- Desfaz V200029: as policies por escopo saem; valem de novo só as do MVP.
SET LOCAL lock_timeout = '5s';

REVOKE SELECT (id, professional_id, form_template_id, name, is_active, created_at, deleted_at)
ON TABLE checkin.forms FROM korevitta_readonly;
DROP POLICY forms_readonly_select ON checkin.forms;
DROP POLICY checkins_patient_update ON checkin.checkins;
DROP POLICY checkins_patient_insert ON checkin.checkins;
DROP POLICY checkins_patient_select ON checkin.checkins;
DROP POLICY checkins_professional_update ON checkin.checkins;
DROP POLICY checkins_professional_insert ON checkin.checkins;
DROP POLICY checkins_professional_select ON checkin.checkins;
DROP POLICY schedules_patient_select ON checkin.schedules;
DROP POLICY schedules_professional_update ON checkin.schedules;
DROP POLICY schedules_professional_insert ON checkin.schedules;
DROP POLICY schedules_professional_select ON checkin.schedules;
DROP POLICY forms_patient_select ON checkin.forms;
DROP POLICY forms_professional_update ON checkin.forms;
DROP POLICY forms_professional_insert ON checkin.forms;
DROP POLICY forms_professional_select ON checkin.forms;
