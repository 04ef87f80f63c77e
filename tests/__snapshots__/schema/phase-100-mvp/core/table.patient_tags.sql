CREATE TABLE core.patient_tags (
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT patient_tags_pkey PRIMARY KEY (patient_id, tag_id)
);

ALTER TABLE core.patient_tags
    ADD CONSTRAINT patient_tags_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE core.patient_tags
    ADD CONSTRAINT patient_tags_tag_id_fkey FOREIGN KEY (professional_id, tag_id) REFERENCES core.tags(professional_id, id) ON DELETE CASCADE;

CREATE INDEX patient_tags_professional_id_idx ON core.patient_tags USING btree (professional_id, patient_id);
CREATE INDEX patient_tags_tag_id_idx ON core.patient_tags USING btree (tag_id, professional_id);

CREATE TRIGGER patient_tags_touch_updated_at BEFORE UPDATE ON core.patient_tags FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.patient_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.patient_tags FORCE ROW LEVEL SECURITY;

CREATE POLICY patient_tags_maintenance ON core.patient_tags
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY patient_tags_mvp_professional_delete ON core.patient_tags
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patient_tags_mvp_professional_insert ON core.patient_tags
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patient_tags_mvp_professional_select ON core.patient_tags
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patient_tags_mvp_professional_update ON core.patient_tags
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE core.patient_tags OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE core.patient_tags TO korevitta_app;

COMMENT ON TABLE core.patient_tags IS 'Etiquetas dadas a pacientes, sempre do mesmo consultório.';
