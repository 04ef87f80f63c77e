-- Desfaz V300001: os exames de composição corporal deixam de existir.
SET LOCAL lock_timeout = '5s';

DROP TABLE analytics.body_composition_segments;
DROP TABLE analytics.body_compositions;
DROP TYPE analytics.body_segment;
