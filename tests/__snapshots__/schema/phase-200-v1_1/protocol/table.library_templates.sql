CREATE TABLE protocol.library_templates (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    objective text NOT NULL,
    description text,
    duration_days smallint NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT library_templates_pkey PRIMARY KEY (id),
    CONSTRAINT library_templates_slug_key UNIQUE (slug),
    CONSTRAINT library_templates_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 4000))),
    CONSTRAINT library_templates_duration_days_check CHECK (((duration_days >= 7) AND (duration_days <= 730))),
    CONSTRAINT library_templates_objective_check CHECK (((char_length(objective) >= 1) AND (char_length(objective) <= 400))),
    CONSTRAINT library_templates_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT library_templates_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 160)))
);

CREATE TRIGGER library_templates_touch_updated_at BEFORE UPDATE ON protocol.library_templates FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.library_templates OWNER TO korevitta_owner;

GRANT SELECT ON TABLE protocol.library_templates TO korevitta_app;
GRANT SELECT ON TABLE protocol.library_templates TO korevitta_readonly;

COMMENT ON TABLE protocol.library_templates IS 'Biblioteca de modelos de protocolo, igual para todos os consultórios.';
