CREATE TYPE supplementation.dose_unit AS ENUM (
    'mcg',
    'mg',
    'g',
    'ml',
    'iu',
    'unit'
);

ALTER TYPE supplementation.dose_unit OWNER TO korevitta_owner;

COMMENT ON TYPE supplementation.dose_unit IS 'Unidade de uma dose: massa, volume, unidades internacionais ou unidades (cápsulas).';
