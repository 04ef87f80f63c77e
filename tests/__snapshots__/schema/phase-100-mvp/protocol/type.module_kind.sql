CREATE TYPE protocol.module_kind AS ENUM (
    'nutrition',
    'training',
    'supplementation',
    'hydration'
);

ALTER TYPE protocol.module_kind OWNER TO korevitta_owner;

COMMENT ON TYPE protocol.module_kind IS 'As quatro frentes de um protocolo integrado.';
