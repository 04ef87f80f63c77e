-- Desfaz V100003: remove assinaturas e planos.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE identity.subscriptions;
DROP TABLE identity.plans;
DROP TYPE identity.subscription_status;
DROP TYPE identity.billing_period;
