CREATE TABLE protocol.protocol_templates (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    library_template_id uuid,
    title text NOT NULL,
    objective text,
    description text,
    duration_days smallint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT protocol_templates_pkey PRIMARY KEY (id),
    CONSTRAINT protocol_templates_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT protocol_templates_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 4000))),
    CONSTRAINT protocol_templates_duration_days_check CHECK (((duration_days >= 7) AND (duration_days <= 730))),
    CONSTRAINT protocol_templates_objective_check CHECK (((char_length(objective) >= 1) AND (char_length(objective) <= 400))),
    CONSTRAINT protocol_templates_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 160)))
);

ALTER TABLE protocol.protocol_templates
    ADD CONSTRAINT protocol_templates_library_template_id_fkey FOREIGN KEY (library_template_id) REFERENCES protocol.library_templates(id) ON DELETE SET NULL;

ALTER TABLE protocol.protocol_templates
    ADD CONSTRAINT protocol_templates_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals(id);

CREATE INDEX protocol_templates_library_template_id_idx ON protocol.protocol_templates USING btree (library_template_id);
CREATE INDEX protocol_templates_title_idx ON protocol.protocol_templates USING btree (professional_id, title) WHERE (deleted_at IS NULL);

CREATE TRIGGER protocol_templates_touch_updated_at BEFORE UPDATE ON protocol.protocol_templates FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.protocol_templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.protocol_templates FORCE ROW LEVEL SECURITY;

CREATE POLICY protocol_templates_maintenance ON protocol.protocol_templates
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY protocol_templates_professional_insert ON protocol.protocol_templates
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocol_templates_professional_select ON protocol.protocol_templates
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocol_templates_professional_update ON protocol.protocol_templates
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocol_templates_readonly_select ON protocol.protocol_templates
    FOR SELECT TO korevitta_readonly
    USING (deleted_at IS NULL);

ALTER TABLE protocol.protocol_templates OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE protocol.protocol_templates TO korevitta_app;

COMMENT ON TABLE protocol.protocol_templates IS 'Modelos de protocolo de um consultório.';

GRANT SELECT (id) ON TABLE protocol.protocol_templates TO korevitta_readonly;
GRANT SELECT (professional_id) ON TABLE protocol.protocol_templates TO korevitta_readonly;
GRANT SELECT (title) ON TABLE protocol.protocol_templates TO korevitta_readonly;
GRANT SELECT (duration_days) ON TABLE protocol.protocol_templates TO korevitta_readonly;
GRANT SELECT (created_at) ON TABLE protocol.protocol_templates TO korevitta_readonly;
GRANT SELECT (deleted_at) ON TABLE protocol.protocol_templates TO korevitta_readonly;
