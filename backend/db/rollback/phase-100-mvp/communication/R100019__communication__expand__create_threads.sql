-- Desfaz V100019: remove as conversas.
SET LOCAL lock_timeout = '5s';

DROP TABLE communication.threads;
