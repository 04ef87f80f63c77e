-- O que faz: define os privilégios padrão do que korevitta_owner criar a partir daqui: nenhuma rotina nasce
-- executável por PUBLIC, e o que é criado em ops já pode ser lido pelo monitoramento.
-- Por que é seguro: privilégios padrão valem só para objetos futuros; nada existente muda.
-- O rollback volta aos privilégios de fábrica.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner REVOKE EXECUTE ON ROUTINES FROM public;
ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner IN SCHEMA ops GRANT SELECT ON TABLES TO korevitta_monitor;
