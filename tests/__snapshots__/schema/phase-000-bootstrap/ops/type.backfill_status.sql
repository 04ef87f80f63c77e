CREATE TYPE ops.backfill_status AS ENUM (
    'pending',
    'running',
    'stopped',
    'completed',
    'failed'
);

ALTER TYPE ops.backfill_status OWNER TO korevitta_owner;
