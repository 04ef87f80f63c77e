CREATE TYPE progress.measurement_kind AS ENUM (
    'weight',
    'circumference',
    'skinfold'
);

ALTER TYPE progress.measurement_kind OWNER TO korevitta_owner;

COMMENT ON TYPE progress.measurement_kind IS 'O que se mede: peso, circunferência ou dobra cutânea.';
