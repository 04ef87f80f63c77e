-- migration
SET LOCAL lock_timeout = '5s';
REFRESH MATERIALIZED VIEW core.totals; -- expect
