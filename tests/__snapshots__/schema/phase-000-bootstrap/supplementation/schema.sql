CREATE SCHEMA supplementation;

ALTER SCHEMA supplementation OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA supplementation TO korevitta_app;
GRANT USAGE ON SCHEMA supplementation TO korevitta_readonly;

COMMENT ON SCHEMA supplementation IS 'Planos de suplementação.';
