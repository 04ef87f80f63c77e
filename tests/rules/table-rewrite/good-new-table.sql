-- migration
CREATE TABLE core.fresh AS TABLE core.people;
ALTER TABLE core.fresh ALTER COLUMN age TYPE bigint;
TRUNCATE core.fresh;
