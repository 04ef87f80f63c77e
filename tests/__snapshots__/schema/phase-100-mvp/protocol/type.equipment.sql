CREATE TYPE protocol.equipment AS ENUM (
    'bodyweight',
    'barbell',
    'dumbbell',
    'kettlebell',
    'machine',
    'cable',
    'band',
    'cardio_machine',
    'other'
);

ALTER TYPE protocol.equipment OWNER TO korevitta_owner;

COMMENT ON TYPE protocol.equipment IS 'Equipamento necessário.';
