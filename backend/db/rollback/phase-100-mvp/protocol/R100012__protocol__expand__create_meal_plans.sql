-- Desfaz V100012: remove itens, refeições e planos alimentares.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE protocol.meal_items;
DROP TABLE protocol.meals;
DROP TABLE protocol.meal_plans;
