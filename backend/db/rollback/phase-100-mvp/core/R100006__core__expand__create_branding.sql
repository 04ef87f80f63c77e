-- Desfaz V100006: remove a identidade visual.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE core.brandings;
