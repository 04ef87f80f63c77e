CREATE TABLE checkin.form_templates (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    slug text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    description text,
    form_schema jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT form_templates_pkey PRIMARY KEY (id),
    CONSTRAINT form_templates_slug_version_key UNIQUE (slug, version),
    CONSTRAINT form_templates_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 1000))),
    CONSTRAINT form_templates_form_schema_check CHECK ((jsonb_typeof(form_schema) = 'object'::text)),
    CONSTRAINT form_templates_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT form_templates_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT form_templates_version_check CHECK ((version > 0))
);

CREATE TRIGGER form_templates_touch_updated_at BEFORE UPDATE ON checkin.form_templates FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.form_templates OWNER TO korevitta_owner;

GRANT SELECT ON TABLE checkin.form_templates TO korevitta_app;
GRANT SELECT ON TABLE checkin.form_templates TO korevitta_readonly;

COMMENT ON TABLE checkin.form_templates IS 'Formulários prontos, mantidos por seed. Uma versão publicada não muda: a correção é uma versão nova.';
COMMENT ON COLUMN checkin.form_templates.form_schema IS 'Perguntas na ordem: {"questions": [{"key", "label", "type", …}]}.';
