CREATE TYPE progress.measurement_unit AS ENUM (
    'kg',
    'cm',
    'mm'
);

ALTER TYPE progress.measurement_unit OWNER TO korevitta_owner;

COMMENT ON TYPE progress.measurement_unit IS 'Unidade de uma medida corporal.';
