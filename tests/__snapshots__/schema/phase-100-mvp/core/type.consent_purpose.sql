CREATE TYPE core.consent_purpose AS ENUM (
    'health_data',
    'progress_photos',
    'marketing'
);

ALTER TYPE core.consent_purpose OWNER TO korevitta_owner;

COMMENT ON TYPE core.consent_purpose IS 'Finalidade do tratamento: dados de saúde, fotos de evolução ou divulgação.';
