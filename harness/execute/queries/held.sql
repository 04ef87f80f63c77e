-- What this transaction holds of relations, with their files and the rows it read and wrote.
-- A transaction keeps the lock on every relation that it touches, so this sees them all.
SELECT
    h.relation AS oid,
    h.modes,
    c.relkind AS kind,
    pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS qualified,
    c.relfilenode AS file,
    i.indrelid AS belongs_to,
    pg_catalog.pg_stat_get_xact_tuples_returned(h.relation) AS returned,
    pg_catalog.pg_stat_get_xact_tuples_fetched(h.relation) AS fetched,
    pg_catalog.pg_stat_get_xact_tuples_inserted(h.relation) AS inserted,
    pg_catalog.pg_stat_get_xact_tuples_updated(h.relation) AS updated,
    pg_catalog.pg_stat_get_xact_tuples_deleted(h.relation) AS deleted,
    pg_catalog.current_setting('lock_timeout') AS lock_timeout
FROM (
    SELECT
        l.relation,
        pg_catalog.array_agg(l.mode) AS modes
    FROM pg_catalog.pg_locks AS l
    WHERE
        l.pid = pg_catalog.pg_backend_pid()
        AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384
    GROUP BY l.relation
) AS h
LEFT JOIN pg_catalog.pg_class AS c ON h.relation = c.oid
LEFT JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_catalog.pg_index AS i ON h.relation = i.indexrelid
