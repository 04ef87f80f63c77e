CREATE SCHEMA analytics;

ALTER SCHEMA analytics OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA analytics TO korevitta_app;
GRANT USAGE ON SCHEMA analytics TO korevitta_monitor;
GRANT USAGE ON SCHEMA analytics TO korevitta_readonly;

COMMENT ON SCHEMA analytics IS 'Dados derivados: matviews, composição corporal e biomarcadores.';
