CREATE TYPE analytics.body_segment AS ENUM (
    'right_arm',
    'left_arm',
    'trunk',
    'right_leg',
    'left_leg'
);

ALTER TYPE analytics.body_segment OWNER TO korevitta_owner;

COMMENT ON TYPE analytics.body_segment IS 'Segmento medido pela bioimpedância.';
