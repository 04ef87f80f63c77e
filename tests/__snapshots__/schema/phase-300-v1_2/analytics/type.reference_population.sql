CREATE TYPE analytics.reference_population AS ENUM (
    'any',
    'female',
    'male'
);

ALTER TYPE analytics.reference_population OWNER TO korevitta_owner;

COMMENT ON TYPE analytics.reference_population IS 'A quem uma faixa de referência se aplica.';
