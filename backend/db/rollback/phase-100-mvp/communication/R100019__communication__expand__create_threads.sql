-- Desfaz V100019: remove as conversas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE communication.threads;
