CREATE TABLE core.brandings (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    display_name text NOT NULL,
    logo_url text,
    primary_color text DEFAULT '#1f7a5c'::text NOT NULL,
    accent_color text DEFAULT '#f2a541'::text NOT NULL,
    welcome_message text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT brandings_pkey PRIMARY KEY (id),
    CONSTRAINT brandings_professional_id_key UNIQUE (professional_id),
    CONSTRAINT brandings_accent_color_check CHECK ((accent_color ~ '^#[0-9a-f]{6}$'::text)),
    CONSTRAINT brandings_display_name_check CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 120))),
    CONSTRAINT brandings_logo_url_check CHECK (((char_length(logo_url) >= 1) AND (char_length(logo_url) <= 2000))),
    CONSTRAINT brandings_primary_color_check CHECK ((primary_color ~ '^#[0-9a-f]{6}$'::text)),
    CONSTRAINT brandings_welcome_message_check CHECK (((char_length(welcome_message) >= 1) AND (char_length(welcome_message) <= 2000)))
);

ALTER TABLE core.brandings
    ADD CONSTRAINT brandings_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals(id);

CREATE TRIGGER brandings_touch_updated_at BEFORE UPDATE ON core.brandings FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.brandings ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.brandings FORCE ROW LEVEL SECURITY;

CREATE POLICY brandings_maintenance ON core.brandings
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY brandings_mvp_patient_select ON core.brandings
    FOR SELECT TO korevitta_app
    USING (professional_id = ANY (( SELECT core.current_patient_professional_ids() AS current_patient_professional_ids)::uuid[]));

CREATE POLICY brandings_mvp_professional_delete ON core.brandings
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY brandings_mvp_professional_insert ON core.brandings
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY brandings_mvp_professional_select ON core.brandings
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY brandings_mvp_professional_update ON core.brandings
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY brandings_patient_select ON core.brandings
    FOR SELECT TO korevitta_app
    USING (professional_id = ANY (( SELECT core.current_patient_professional_ids() AS current_patient_professional_ids)::uuid[]));

CREATE POLICY brandings_professional_delete ON core.brandings
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY brandings_professional_insert ON core.brandings
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY brandings_professional_select ON core.brandings
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY brandings_professional_update ON core.brandings
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE core.brandings OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE core.brandings TO korevitta_app;

COMMENT ON TABLE core.brandings IS 'Identidade do consultório para o paciente: é tudo o que ele lê sobre o profissional.';
COMMENT ON COLUMN core.brandings.primary_color IS 'Cor no formato #rrggbb, em minúsculas.';
