CREATE TYPE app.biological_sex AS ENUM (
    'female',
    'male'
);

ALTER TYPE app.biological_sex OWNER TO korevitta_owner;

COMMENT ON TYPE app.biological_sex IS 'Sexo biológico: define faixas de referência de exames e composição corporal.';
