CREATE TYPE identity.subscription_status AS ENUM (
    'trialing',
    'active',
    'past_due',
    'canceled'
);

ALTER TYPE identity.subscription_status OWNER TO korevitta_owner;

COMMENT ON TYPE identity.subscription_status IS 'Situação da assinatura: em teste, ativa, em atraso ou cancelada.';
