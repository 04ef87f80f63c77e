-- migration
SET LOCAL lock_timeout = '5s';
CREATE TABLE core.fresh AS TABLE core.notes;
ALTER TABLE core.fresh ADD COLUMN length int;
UPDATE core.fresh SET length = char_length(body);
ALTER TABLE core.fresh ALTER COLUMN body SET NOT NULL;
