CREATE SCHEMA hydration;

ALTER SCHEMA hydration OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA hydration TO korevitta_app;
GRANT USAGE ON SCHEMA hydration TO korevitta_readonly;

COMMENT ON SCHEMA hydration IS 'Planos de hidratação e registros de água.';
