-- migration contract
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.notes DROP COLUMN body;
CREATE TABLE core.fresh (id bigint); -- expect
ALTER TABLE core.people ADD COLUMN size int; -- expect
