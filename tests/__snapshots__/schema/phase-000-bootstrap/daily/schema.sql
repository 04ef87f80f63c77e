CREATE SCHEMA daily;

ALTER SCHEMA daily OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA daily TO korevitta_app;

COMMENT ON SCHEMA daily IS 'Tarefas do dia e suas conclusões.';
