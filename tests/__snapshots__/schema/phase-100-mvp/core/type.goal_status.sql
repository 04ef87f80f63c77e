CREATE TYPE core.goal_status AS ENUM (
    'active',
    'achieved',
    'abandoned'
);

ALTER TYPE core.goal_status OWNER TO korevitta_owner;

COMMENT ON TYPE core.goal_status IS 'Situação da meta: em andamento, alcançada ou abandonada.';
