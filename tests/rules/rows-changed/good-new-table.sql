-- migration
CREATE TABLE core.fresh AS TABLE core.notes;
-- rollback
DROP TABLE core.fresh;
