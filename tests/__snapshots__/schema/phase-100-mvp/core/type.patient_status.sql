CREATE TYPE core.patient_status AS ENUM (
    'invited',
    'active',
    'paused',
    'archived'
);

ALTER TYPE core.patient_status OWNER TO korevitta_owner;

COMMENT ON TYPE core.patient_status IS 'Situação do acompanhamento: convidado, ativo, em pausa ou arquivado.';
