CREATE TYPE hydration.intake_source AS ENUM (
    'manual',
    'reminder',
    'device'
);

ALTER TYPE hydration.intake_source OWNER TO korevitta_owner;

COMMENT ON TYPE hydration.intake_source IS 'Como o registro foi feito: à mão, a partir de um lembrete ou por um aparelho.';
