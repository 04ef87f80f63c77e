CREATE TYPE app.actor_kind AS ENUM (
    'professional',
    'patient',
    'system'
);

ALTER TYPE app.actor_kind OWNER TO korevitta_owner;

COMMENT ON TYPE app.actor_kind IS 'Quem praticou a ação: profissional, paciente ou o próprio sistema.';
