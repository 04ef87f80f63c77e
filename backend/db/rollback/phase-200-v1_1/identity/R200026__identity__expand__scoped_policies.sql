-- Desfaz V200026: as policies por escopo saem; valem de novo só as do MVP.
SET LOCAL lock_timeout = '5s';

DROP POLICY subscriptions_professional_update ON identity.subscriptions;
DROP POLICY subscriptions_professional_insert ON identity.subscriptions;
DROP POLICY subscriptions_professional_select ON identity.subscriptions;
DROP POLICY professionals_user_select ON identity.professionals;
DROP POLICY professionals_professional_insert ON identity.professionals;
DROP POLICY professionals_professional_update ON identity.professionals;
DROP POLICY professionals_professional_select ON identity.professionals;
DROP POLICY users_user_update ON identity.users;
DROP POLICY users_user_insert ON identity.users;
DROP POLICY users_user_select ON identity.users;
