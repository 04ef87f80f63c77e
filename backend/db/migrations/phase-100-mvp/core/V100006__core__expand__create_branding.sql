-- O que faz: cria a identidade visual do consultório, que o paciente vê no aplicativo.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove a tabela.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE core.brandings (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    display_name text NOT NULL,
    logo_url text,
    primary_color text NOT NULL DEFAULT '#1f7a5c',
    accent_color text NOT NULL DEFAULT '#f2a541',
    welcome_message text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT brandings_pkey PRIMARY KEY (id),
    CONSTRAINT brandings_professional_id_key UNIQUE (professional_id),
    CONSTRAINT brandings_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals (id),
    CONSTRAINT brandings_display_name_check CHECK (char_length(display_name) BETWEEN 1 AND 120),
    CONSTRAINT brandings_logo_url_check CHECK (char_length(logo_url) BETWEEN 1 AND 2000),
    CONSTRAINT brandings_primary_color_check CHECK (primary_color ~ '^#[0-9a-f]{6}$'),
    CONSTRAINT brandings_accent_color_check CHECK (accent_color ~ '^#[0-9a-f]{6}$'),
    CONSTRAINT brandings_welcome_message_check CHECK (char_length(welcome_message) BETWEEN 1 AND 2000)
);
COMMENT ON TABLE core.brandings IS
'Identidade do consultório para o paciente: é tudo o que ele lê sobre o profissional.';
COMMENT ON COLUMN core.brandings.primary_color IS 'Cor no formato #rrggbb, em minúsculas.';

CREATE TRIGGER brandings_touch_updated_at
BEFORE UPDATE ON core.brandings
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.brandings ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.brandings FORCE ROW LEVEL SECURITY;

CREATE POLICY brandings_maintenance ON core.brandings
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY brandings_mvp_professional_select ON core.brandings
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_mvp_professional_insert ON core.brandings
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_mvp_professional_update ON core.brandings
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_mvp_professional_delete ON core.brandings
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY brandings_mvp_patient_select ON core.brandings
FOR SELECT TO korevitta_app
USING (professional_id = any((SELECT core.current_patient_professional_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE core.brandings TO korevitta_app;
