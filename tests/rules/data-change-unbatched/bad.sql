UPDATE core.notes -- expect
SET body = '';

DELETE FROM core.notes WHERE body IS NULL; -- expect

WITH gone AS (
    DELETE FROM core.tags RETURNING id -- expect
)
SELECT count(*) FROM gone;

UPDATE core.notes -- expect
SET body = n.body
FROM core.old_notes AS n
WHERE core.notes.id = n.id;
