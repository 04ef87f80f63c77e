-- Desfaz V200012: não há como "desvalidar" uma restrição; ela sai e volta NOT VALID, na mesma transação.
SET LOCAL lock_timeout = '5s';

ALTER TABLE protocol.protocols
DROP CONSTRAINT protocols_goal_id_fkey,
DROP CONSTRAINT protocols_template_id_fkey,
ADD CONSTRAINT protocols_template_id_fkey FOREIGN KEY (professional_id, template_id)
REFERENCES protocol.protocol_templates (professional_id, id) NOT VALID,
ADD CONSTRAINT protocols_goal_id_fkey FOREIGN KEY (professional_id, patient_id, goal_id)
REFERENCES core.goals (professional_id, patient_id, id) NOT VALID;
