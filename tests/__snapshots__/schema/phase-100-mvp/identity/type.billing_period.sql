CREATE TYPE identity.billing_period AS ENUM (
    'monthly',
    'yearly'
);

ALTER TYPE identity.billing_period OWNER TO korevitta_owner;

COMMENT ON TYPE identity.billing_period IS 'Periodicidade da cobrança.';
