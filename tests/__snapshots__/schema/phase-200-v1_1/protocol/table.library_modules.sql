CREATE TABLE protocol.library_modules (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    library_template_id uuid NOT NULL,
    kind protocol.module_kind NOT NULL,
    title text NOT NULL,
    instructions text,
    "position" smallint NOT NULL,
    blueprint jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT library_modules_pkey PRIMARY KEY (id),
    CONSTRAINT library_modules_library_template_id_position_key UNIQUE (library_template_id, "position"),
    CONSTRAINT library_modules_blueprint_check CHECK ((jsonb_typeof(blueprint) = 'object'::text)),
    CONSTRAINT library_modules_instructions_check CHECK (((char_length(instructions) >= 1) AND (char_length(instructions) <= 4000))),
    CONSTRAINT library_modules_position_check CHECK ((("position" >= 1) AND ("position" <= 100))),
    CONSTRAINT library_modules_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 160)))
);

ALTER TABLE protocol.library_modules
    ADD CONSTRAINT library_modules_library_template_id_fkey FOREIGN KEY (library_template_id) REFERENCES protocol.library_templates(id) ON DELETE CASCADE;

CREATE TRIGGER library_modules_touch_updated_at BEFORE UPDATE ON protocol.library_modules FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.library_modules OWNER TO korevitta_owner;

GRANT SELECT ON TABLE protocol.library_modules TO korevitta_app;
GRANT SELECT ON TABLE protocol.library_modules TO korevitta_readonly;

COMMENT ON TABLE protocol.library_modules IS 'Módulos de um modelo da biblioteca.';
