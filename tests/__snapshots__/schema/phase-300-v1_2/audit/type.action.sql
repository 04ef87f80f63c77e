CREATE TYPE audit.action AS ENUM (
    'insert',
    'update',
    'delete',
    'read'
);

ALTER TYPE audit.action OWNER TO korevitta_owner;

COMMENT ON TYPE audit.action IS 'O que foi feito com a linha: incluir, alterar, apagar ou abrir para ler.';
