-- also: expand-not-additive
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.people SET UNLOGGED; -- expect
