CREATE SCHEMA core;

ALTER SCHEMA core OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA core TO korevitta_app;

COMMENT ON SCHEMA core IS 'Pacientes e o que descreve a relação deles com o consultório.';
