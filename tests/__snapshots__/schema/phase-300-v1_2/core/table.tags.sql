CREATE TABLE core.tags (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    name public.citext NOT NULL,
    color text DEFAULT '#6b7280'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tags_pkey PRIMARY KEY (id),
    CONSTRAINT tags_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT tags_professional_id_name_key UNIQUE (professional_id, name),
    CONSTRAINT tags_color_check CHECK ((color ~ '^#[0-9a-f]{6}$'::text)),
    CONSTRAINT tags_name_check CHECK (((char_length((name)::text) >= 1) AND (char_length((name)::text) <= 60)))
);

ALTER TABLE core.tags
    ADD CONSTRAINT tags_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals(id);

CREATE TRIGGER tags_touch_updated_at BEFORE UPDATE ON core.tags FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.tags FORCE ROW LEVEL SECURITY;

CREATE POLICY tags_maintenance ON core.tags
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY tags_professional_delete ON core.tags
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY tags_professional_insert ON core.tags
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY tags_professional_select ON core.tags
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY tags_professional_update ON core.tags
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE core.tags OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE core.tags TO korevitta_app;

COMMENT ON TABLE core.tags IS 'Etiquetas de um consultório; o nome não diferencia maiúsculas.';
