-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags DROP COLUMN label;
CREATE TABLE core.fresh (id bigint); -- expect
ALTER TABLE core.people ADD COLUMN size int; -- expect
