CREATE TABLE analytics.biomarker_panels (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    collected_on date NOT NULL,
    laboratory text,
    report_storage_key text,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT biomarker_panels_pkey PRIMARY KEY (id),
    CONSTRAINT biomarker_panels_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT biomarker_panels_laboratory_check CHECK (((char_length(laboratory) >= 1) AND (char_length(laboratory) <= 160))),
    CONSTRAINT biomarker_panels_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 4000))),
    CONSTRAINT biomarker_panels_report_storage_key_check CHECK (((char_length(report_storage_key) >= 1) AND (char_length(report_storage_key) <= 400)))
);

ALTER TABLE analytics.biomarker_panels
    ADD CONSTRAINT biomarker_panels_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX biomarker_panels_patient_id_idx ON analytics.biomarker_panels USING btree (patient_id, professional_id, collected_on);

CREATE TRIGGER biomarker_panels_audit AFTER INSERT OR DELETE OR UPDATE ON analytics.biomarker_panels FOR EACH ROW EXECUTE FUNCTION audit.capture('patient_id');
CREATE TRIGGER biomarker_panels_touch_updated_at BEFORE UPDATE ON analytics.biomarker_panels FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE analytics.biomarker_panels ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics.biomarker_panels FORCE ROW LEVEL SECURITY;

CREATE POLICY biomarker_panels_maintenance ON analytics.biomarker_panels
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY biomarker_panels_patient_select ON analytics.biomarker_panels
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY biomarker_panels_professional_insert ON analytics.biomarker_panels
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY biomarker_panels_professional_select ON analytics.biomarker_panels
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY biomarker_panels_professional_update ON analytics.biomarker_panels
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE analytics.biomarker_panels OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE analytics.biomarker_panels TO korevitta_app;

COMMENT ON TABLE analytics.biomarker_panels IS 'Um laudo: os exames de uma coleta.';
