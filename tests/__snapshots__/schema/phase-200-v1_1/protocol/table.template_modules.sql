CREATE TABLE protocol.template_modules (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    template_id uuid NOT NULL,
    kind protocol.module_kind NOT NULL,
    title text NOT NULL,
    instructions text,
    "position" smallint NOT NULL,
    blueprint jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT template_modules_pkey PRIMARY KEY (id),
    CONSTRAINT template_modules_blueprint_check CHECK ((jsonb_typeof(blueprint) = 'object'::text)),
    CONSTRAINT template_modules_instructions_check CHECK (((char_length(instructions) >= 1) AND (char_length(instructions) <= 4000))),
    CONSTRAINT template_modules_position_check CHECK ((("position" >= 1) AND ("position" <= 100))),
    CONSTRAINT template_modules_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 160)))
);

ALTER TABLE protocol.template_modules
    ADD CONSTRAINT template_modules_template_id_fkey FOREIGN KEY (professional_id, template_id) REFERENCES protocol.protocol_templates(professional_id, id) ON DELETE CASCADE;

CREATE INDEX template_modules_template_id_idx ON protocol.template_modules USING btree (professional_id, template_id, "position");

CREATE TRIGGER template_modules_touch_updated_at BEFORE UPDATE ON protocol.template_modules FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.template_modules ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.template_modules FORCE ROW LEVEL SECURITY;

CREATE POLICY template_modules_maintenance ON protocol.template_modules
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY template_modules_professional_delete ON protocol.template_modules
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY template_modules_professional_insert ON protocol.template_modules
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY template_modules_professional_select ON protocol.template_modules
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY template_modules_professional_update ON protocol.template_modules
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.template_modules OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE protocol.template_modules TO korevitta_app;

COMMENT ON TABLE protocol.template_modules IS 'Módulos de um modelo do consultório.';
COMMENT ON COLUMN protocol.template_modules.blueprint IS 'Conteúdo do módulo como documento (refeições, treinos, doses, metas): o formato que protocol.replicate_template lê.';
