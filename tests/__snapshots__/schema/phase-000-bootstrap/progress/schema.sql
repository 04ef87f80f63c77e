CREATE SCHEMA progress;

ALTER SCHEMA progress OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA progress TO korevitta_app;
GRANT USAGE ON SCHEMA progress TO korevitta_readonly;

COMMENT ON SCHEMA progress IS 'Medidas corporais e fotos de evolução.';
