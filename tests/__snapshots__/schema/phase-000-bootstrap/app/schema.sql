CREATE SCHEMA app;

ALTER SCHEMA app OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA app TO korevitta_app;
GRANT USAGE ON SCHEMA app TO korevitta_monitor;
GRANT USAGE ON SCHEMA app TO korevitta_readonly;

COMMENT ON SCHEMA app IS 'O que todos os domínios compartilham: tipos, contexto da sessão e funções de uso geral.';
