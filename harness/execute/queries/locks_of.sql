-- What another session holds and waits for at this moment.
SELECT l.locktype, l.relation, l.mode, l.granted
FROM pg_catalog.pg_locks AS l
WHERE l.pid = %(pid)s AND (NOT l.granted OR (l.locktype = 'relation' AND l.relation >= 16384))
