CREATE TYPE protocol.muscle_group AS ENUM (
    'chest',
    'back',
    'shoulders',
    'biceps',
    'triceps',
    'forearms',
    'core',
    'glutes',
    'quadriceps',
    'hamstrings',
    'calves',
    'full_body',
    'cardiorespiratory'
);

ALTER TYPE protocol.muscle_group OWNER TO korevitta_owner;

COMMENT ON TYPE protocol.muscle_group IS 'Grupo muscular principal do exercício.';
