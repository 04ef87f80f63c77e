CREATE TYPE daily.task_kind AS ENUM (
    'meal',
    'training',
    'supplement',
    'hydration',
    'habit'
);

ALTER TYPE daily.task_kind OWNER TO korevitta_owner;

COMMENT ON TYPE daily.task_kind IS 'Origem da tarefa: refeição, treino, suplemento, hidratação ou hábito.';
