CREATE SCHEMA ops;

ALTER SCHEMA ops OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA ops TO korevitta_monitor;

COMMENT ON SCHEMA ops IS 'Operação: partições, matviews, agendamentos e backfills. Sem dados de pacientes.';

ALTER DEFAULT PRIVILEGES FOR ROLE korevitta_owner IN SCHEMA ops
    GRANT SELECT ON TABLES TO korevitta_monitor;
