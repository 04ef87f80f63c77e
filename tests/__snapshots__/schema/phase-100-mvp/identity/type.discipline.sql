CREATE TYPE identity.discipline AS ENUM (
    'nutrition',
    'training',
    'integrated'
);

ALTER TYPE identity.discipline OWNER TO korevitta_owner;

COMMENT ON TYPE identity.discipline IS 'Área de atuação: nutrição, treino ou as duas.';
