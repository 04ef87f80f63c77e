CREATE SCHEMA audit;

ALTER SCHEMA audit OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA audit TO korevitta_app;

COMMENT ON SCHEMA audit IS 'Trilha de auditoria, somente inclusão.';
