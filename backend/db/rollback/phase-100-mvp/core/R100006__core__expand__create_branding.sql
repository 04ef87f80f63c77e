-- Desfaz V100006: remove a identidade visual.
SET LOCAL lock_timeout = '5s';

DROP TABLE core.brandings;
