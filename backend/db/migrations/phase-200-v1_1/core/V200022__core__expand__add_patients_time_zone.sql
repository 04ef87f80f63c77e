-- O que faz: o fuso horário do paciente, que decide em que dia cai o que ele registra. Primeiro passo de uma coluna
-- obrigatória: aqui a coluna, com padrão constante, e a prova NOT VALID de que não fica vazia; a V200023 confere as
-- linhas antigas sem bloquear; na 1.2, a V300014 põe NOT NULL sem ler a tabela, porque o CHECK validado já é a prova.
-- Por que é seguro: nem a coluna nem o CHECK reescrevem ou leem linhas; a 1.0, que não conhece a coluna, segue
-- gravando.
-- O rollback remove a coluna, com o CHECK.
SET LOCAL lock_timeout = '5s';

ALTER TABLE core.patients ADD COLUMN time_zone text DEFAULT 'America/Sao_Paulo';
ALTER TABLE core.patients ADD CONSTRAINT patients_time_zone_check
CHECK (char_length(time_zone) BETWEEN 1 AND 64) NOT VALID;
ALTER TABLE core.patients ADD CONSTRAINT patients_time_zone_present_check
CHECK (time_zone IS NOT NULL) NOT VALID;

COMMENT ON COLUMN core.patients.time_zone IS 'Nome IANA do fuso: vale também para o paciente que não tem login.';
