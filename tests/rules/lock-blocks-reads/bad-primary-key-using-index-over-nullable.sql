-- also: expand-not-additive
CREATE TABLE core.meals_copy AS TABLE core.meals;
CREATE UNIQUE INDEX meals_copy_key ON core.meals_copy (id);
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.meals_copy ADD CONSTRAINT meals_copy_pkey PRIMARY KEY USING INDEX meals_copy_key; -- expect
