CREATE TABLE analytics.biomarkers (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    biomarker_panel_id uuid NOT NULL,
    biomarker_definition_id uuid NOT NULL,
    measured_value numeric(12,4) NOT NULL,
    unit text NOT NULL,
    reference_low numeric(12,4),
    reference_high numeric(12,4),
    flag analytics.biomarker_flag DEFAULT 'unknown'::analytics.biomarker_flag NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT biomarkers_pkey PRIMARY KEY (id),
    CONSTRAINT biomarkers_panel_definition_key UNIQUE (biomarker_panel_id, biomarker_definition_id)
);

ALTER TABLE analytics.biomarkers
    ADD CONSTRAINT biomarkers_biomarker_definition_id_fkey FOREIGN KEY (biomarker_definition_id, unit) REFERENCES analytics.biomarker_definitions(id, unit);

ALTER TABLE analytics.biomarkers
    ADD CONSTRAINT biomarkers_biomarker_panel_id_fkey FOREIGN KEY (professional_id, patient_id, biomarker_panel_id) REFERENCES analytics.biomarker_panels(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX biomarkers_biomarker_definition_id_idx ON analytics.biomarkers USING btree (biomarker_definition_id, unit);
CREATE INDEX biomarkers_patient_id_idx ON analytics.biomarkers USING btree (patient_id, biomarker_definition_id);
CREATE INDEX biomarkers_scope_idx ON analytics.biomarkers USING btree (professional_id, patient_id, biomarker_panel_id);

CREATE TRIGGER biomarkers_audit AFTER INSERT OR DELETE OR UPDATE ON analytics.biomarkers FOR EACH ROW EXECUTE FUNCTION audit.capture('patient_id');
CREATE TRIGGER biomarkers_flag BEFORE INSERT OR UPDATE OF measured_value, biomarker_definition_id, biomarker_panel_id ON analytics.biomarkers FOR EACH ROW EXECUTE FUNCTION analytics.flag_biomarker();
CREATE TRIGGER biomarkers_touch_updated_at BEFORE UPDATE ON analytics.biomarkers FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE analytics.biomarkers ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics.biomarkers FORCE ROW LEVEL SECURITY;

CREATE POLICY biomarkers_maintenance ON analytics.biomarkers
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY biomarkers_patient_select ON analytics.biomarkers
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY biomarkers_professional_delete ON analytics.biomarkers
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY biomarkers_professional_insert ON analytics.biomarkers
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY biomarkers_professional_select ON analytics.biomarkers
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY biomarkers_professional_update ON analytics.biomarkers
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE analytics.biomarkers OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE analytics.biomarkers TO korevitta_app;

COMMENT ON TABLE analytics.biomarkers IS 'Um resultado de um laudo.';
COMMENT ON COLUMN analytics.biomarkers.flag IS 'Posição contra a faixa de referência, calculada ao gravar.';
