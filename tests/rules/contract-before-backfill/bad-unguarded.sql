-- ready: SELECT count(*) FROM core.notes AS n WHERE NOT EXISTS (SELECT 1 FROM core.copies AS c WHERE c.id = n.id AND c.body = n.body)
CREATE TABLE core.copies (id bigint PRIMARY KEY, body text NOT NULL);
INSERT INTO core.copies SELECT id, body FROM core.notes;
-- migration contract
SET LOCAL lock_timeout = '5s'; -- expect
ALTER TABLE core.notes DROP COLUMN body CASCADE;
