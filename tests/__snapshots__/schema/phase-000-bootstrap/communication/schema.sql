CREATE SCHEMA communication;

ALTER SCHEMA communication OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA communication TO korevitta_app;

COMMENT ON SCHEMA communication IS 'Conversas e mensagens entre profissional e paciente.';
