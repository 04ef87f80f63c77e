-- Desfaz V200004: as metas de água deixam de existir.
SET LOCAL lock_timeout = '5s';

DROP TABLE hydration.plans;
