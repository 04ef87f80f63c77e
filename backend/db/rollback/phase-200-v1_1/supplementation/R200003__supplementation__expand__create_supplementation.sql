-- Desfaz V200003: planos, doses e produtos deixam de existir.
SET LOCAL lock_timeout = '5s';

DROP TABLE supplementation.plan_items;
DROP TABLE supplementation.plans;
DROP TABLE supplementation.supplements;
DROP TYPE supplementation.dose_unit;
