-- O que faz: as tabelas sensíveis do domínio passam a deixar rastro em audit.log.
-- Por que é seguro: criar um gatilho bloqueia as escritas por um instante, sem ler linhas; para a versão anterior
-- nada muda.
-- O rollback remove os gatilhos; o que já foi registrado fica na trilha.
SET LOCAL lock_timeout = '5s';

CREATE TRIGGER protocols_audit
AFTER INSERT OR UPDATE OR DELETE ON protocol.protocols
FOR EACH ROW EXECUTE FUNCTION audit.capture('patient_id');
CREATE TRIGGER protocol_versions_audit
AFTER INSERT OR DELETE ON protocol.protocol_versions
FOR EACH ROW EXECUTE FUNCTION audit.capture('patient_id');
