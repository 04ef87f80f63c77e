-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes ADD COLUMN length int;
UPDATE core.notes SET length = char_length(body); -- expect
