-- Rows read and written since the server started: what other transactions of a file have done.
SELECT
    c.oid,
    pg_catalog.pg_stat_get_tuples_returned(c.oid) AS returned,
    pg_catalog.pg_stat_get_tuples_fetched(c.oid) AS fetched,
    pg_catalog.pg_stat_get_tuples_inserted(c.oid) AS inserted,
    pg_catalog.pg_stat_get_tuples_updated(c.oid) AS updated,
    pg_catalog.pg_stat_get_tuples_deleted(c.oid) AS deleted
FROM pg_catalog.pg_class AS c
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'm', 't')
