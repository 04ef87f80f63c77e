-- Desfaz V100009: remove a busca e o catálogo de alimentos.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP FUNCTION protocol.search_foods(text, integer);
DROP TABLE protocol.foods;
DROP TABLE protocol.food_groups;
