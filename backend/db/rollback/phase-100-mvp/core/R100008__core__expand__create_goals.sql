-- Desfaz V100008: remove avaliações de risco e metas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE core.risk_assessments;
DROP FUNCTION core.carry_risk_score();
DROP TABLE core.goals;
DROP TYPE core.goal_status;
