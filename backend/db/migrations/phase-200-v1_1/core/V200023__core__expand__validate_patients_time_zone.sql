-- O que faz: confere as linhas antigas contra os dois CHECK que nasceram NOT VALID na V200022.
-- Por que é seguro: VALIDATE lê a tabela sob SHARE UPDATE EXCLUSIVE, que deixa ler e gravar.
-- O rollback devolve os dois ao estado não validado.
SET LOCAL lock_timeout = '5s';

ALTER TABLE core.patients VALIDATE CONSTRAINT patients_time_zone_check;
ALTER TABLE core.patients VALIDATE CONSTRAINT patients_time_zone_present_check;
