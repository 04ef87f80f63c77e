CREATE SCHEMA protocol;

ALTER SCHEMA protocol OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA protocol TO korevitta_app;
GRANT USAGE ON SCHEMA protocol TO korevitta_readonly;

COMMENT ON SCHEMA protocol IS 'Protocolos integrados: módulos, planos alimentares e de treino, catálogos.';
