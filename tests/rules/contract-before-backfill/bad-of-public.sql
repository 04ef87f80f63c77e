CREATE TABLE letters (id bigint PRIMARY KEY, body text, subject text);
INSERT INTO letters SELECT g, 'body', 'subject' FROM generate_series(1, 5) AS g;
-- ready: SELECT count(*) FROM letters WHERE subject IS NULL
-- migration contract
SET LOCAL lock_timeout = '5s'; -- expect
ALTER TABLE public.letters DROP COLUMN body;
