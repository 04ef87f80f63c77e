-- Desfaz V000002: privilégios padrão de fábrica para korevitta_owner.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner IN SCHEMA ops REVOKE SELECT ON TABLES FROM korevitta_monitor;
ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner GRANT EXECUTE ON ROUTINES TO public;
