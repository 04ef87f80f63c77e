CREATE TYPE protocol.protocol_status AS ENUM (
    'draft',
    'active',
    'completed',
    'archived'
);

ALTER TYPE protocol.protocol_status OWNER TO korevitta_owner;

COMMENT ON TYPE protocol.protocol_status IS 'Situação do protocolo: rascunho, ativo, concluído ou arquivado.';
