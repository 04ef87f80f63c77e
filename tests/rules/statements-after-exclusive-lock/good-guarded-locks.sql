-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people ADD COLUMN size int;
ALTER TABLE core.notes ADD COLUMN size int;
CREATE TABLE core.fresh (id bigint);
INSERT INTO core.fresh VALUES (1);
