CREATE TABLE identity.professionals (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    discipline identity.discipline NOT NULL,
    practice_name text NOT NULL,
    council_registration text,
    tax_id text,
    phone text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT professionals_pkey PRIMARY KEY (id),
    CONSTRAINT professionals_user_id_key UNIQUE (user_id),
    CONSTRAINT professionals_council_registration_check CHECK (((char_length(council_registration) >= 1) AND (char_length(council_registration) <= 40))),
    CONSTRAINT professionals_phone_check CHECK (((char_length(phone) >= 1) AND (char_length(phone) <= 32))),
    CONSTRAINT professionals_practice_name_check CHECK (((char_length(practice_name) >= 1) AND (char_length(practice_name) <= 200))),
    CONSTRAINT professionals_tax_id_check CHECK ((tax_id ~ '^([0-9]{11}|[0-9]{14})$'::text))
);

ALTER TABLE identity.professionals
    ADD CONSTRAINT professionals_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id);

CREATE TRIGGER professionals_touch_updated_at BEFORE UPDATE ON identity.professionals FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE identity.professionals ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.professionals FORCE ROW LEVEL SECURITY;

CREATE POLICY professionals_maintenance ON identity.professionals
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY professionals_mvp_professional_insert ON identity.professionals
    FOR INSERT TO korevitta_app
    WITH CHECK ((id = ( SELECT app.current_professional_id() AS current_professional_id)) AND (user_id = ( SELECT app.current_user_id() AS current_user_id)));

CREATE POLICY professionals_mvp_professional_select ON identity.professionals
    FOR SELECT TO korevitta_app
    USING (id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY professionals_mvp_professional_update ON identity.professionals
    FOR UPDATE TO korevitta_app
    USING (id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY professionals_mvp_user_select ON identity.professionals
    FOR SELECT TO korevitta_app
    USING (user_id = ( SELECT app.current_user_id() AS current_user_id));

CREATE POLICY professionals_professional_insert ON identity.professionals
    FOR INSERT TO korevitta_app
    WITH CHECK ((id = ( SELECT app.current_professional_id() AS current_professional_id)) AND (user_id = ( SELECT app.current_user_id() AS current_user_id)));

CREATE POLICY professionals_professional_select ON identity.professionals
    FOR SELECT TO korevitta_app
    USING (id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY professionals_professional_update ON identity.professionals
    FOR UPDATE TO korevitta_app
    USING (id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY professionals_user_select ON identity.professionals
    FOR SELECT TO korevitta_app
    USING (user_id = ( SELECT app.current_user_id() AS current_user_id));

ALTER TABLE identity.professionals OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE identity.professionals TO korevitta_app;

COMMENT ON TABLE identity.professionals IS 'Consultórios: o inquilino (tenant) de todo o banco. professionals.id é o professional_id das demais tabelas.';
COMMENT ON COLUMN identity.professionals.council_registration IS 'Registro no conselho (CRN, CREF, CRM), com a região.';
COMMENT ON COLUMN identity.professionals.tax_id IS 'CPF (11 dígitos) ou CNPJ (14 dígitos), sem pontuação.';
