CREATE SCHEMA identity;

ALTER SCHEMA identity OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA identity TO korevitta_app;
GRANT USAGE ON SCHEMA identity TO korevitta_readonly;

COMMENT ON SCHEMA identity IS 'Pessoas que entram no sistema, profissionais (os consultórios), planos e assinaturas.';
