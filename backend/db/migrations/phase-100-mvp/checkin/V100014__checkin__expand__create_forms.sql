-- O que faz: cria os modelos de formulário de check-in (catálogo) e os formulários de cada consultório.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove as duas tabelas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE checkin.form_templates (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    slug text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    description text,
    form_schema jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT form_templates_pkey PRIMARY KEY (id),
    CONSTRAINT form_templates_slug_version_key UNIQUE (slug, version),
    CONSTRAINT form_templates_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT form_templates_version_check CHECK (version > 0),
    CONSTRAINT form_templates_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT form_templates_description_check CHECK (char_length(description) BETWEEN 1 AND 1000),
    CONSTRAINT form_templates_form_schema_check CHECK (jsonb_typeof(form_schema) = 'object')
);
COMMENT ON TABLE checkin.form_templates IS
'Formulários prontos, mantidos por seed. Uma versão publicada não muda: a correção é uma versão nova.';
COMMENT ON COLUMN checkin.form_templates.form_schema IS
'Perguntas na ordem: {"questions": [{"key", "label", "type", …}]}.';

CREATE TRIGGER form_templates_touch_updated_at
BEFORE UPDATE ON checkin.form_templates
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

GRANT SELECT ON TABLE checkin.form_templates TO korevitta_app, korevitta_readonly;

CREATE TABLE checkin.forms (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    form_template_id uuid,
    name text NOT NULL,
    form_schema jsonb NOT NULL,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT forms_pkey PRIMARY KEY (id),
    CONSTRAINT forms_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT forms_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals (id),
    CONSTRAINT forms_form_template_id_fkey FOREIGN KEY (form_template_id) REFERENCES checkin.form_templates (id),
    CONSTRAINT forms_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT forms_form_schema_check CHECK (jsonb_typeof(form_schema) = 'object')
);
COMMENT ON TABLE checkin.forms IS 'Formulários de um consultório, criados do zero ou a partir de um modelo.';

CREATE INDEX forms_form_template_id_idx ON checkin.forms (form_template_id);
CREATE INDEX forms_professional_id_active_idx
ON checkin.forms (professional_id, name) WHERE is_active AND deleted_at IS NULL;

CREATE TRIGGER forms_touch_updated_at
BEFORE UPDATE ON checkin.forms
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.forms ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.forms FORCE ROW LEVEL SECURITY;

CREATE POLICY forms_maintenance ON checkin.forms
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY forms_mvp_professional_select ON checkin.forms
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_mvp_professional_insert ON checkin.forms
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_mvp_professional_update ON checkin.forms
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY forms_mvp_patient_select ON checkin.forms
FOR SELECT TO korevitta_app
USING (professional_id = any((SELECT core.current_patient_professional_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE ON TABLE checkin.forms TO korevitta_app;
