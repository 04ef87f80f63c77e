-- O que faz: um protocolo passa a dizer de que modelo nasceu e que objetivo do paciente persegue.
-- Por que é seguro: colunas que aceitam NULL, sem padrão, não reescrevem a tabela; as chaves estrangeiras nascem NOT
-- VALID, valem para o que for gravado a partir daqui e só conferem as linhas antigas na V200012, sem bloquear
-- escritas.
-- O rollback remove as colunas, com as chaves.
SET LOCAL lock_timeout = '5s';

ALTER TABLE protocol.protocols
ADD COLUMN template_id uuid,
ADD COLUMN goal_id uuid,
ADD CONSTRAINT protocols_template_id_fkey FOREIGN KEY (professional_id, template_id)
REFERENCES protocol.protocol_templates (professional_id, id) NOT VALID,
ADD CONSTRAINT protocols_goal_id_fkey FOREIGN KEY (professional_id, patient_id, goal_id)
REFERENCES core.goals (professional_id, patient_id, id) NOT VALID;

COMMENT ON COLUMN protocol.protocols.template_id IS 'Modelo de que o protocolo nasceu; NULL se escrito do zero.';
COMMENT ON COLUMN protocol.protocols.goal_id IS 'Objetivo do paciente que o protocolo persegue.';
