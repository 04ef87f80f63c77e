CREATE TABLE progress.body_measurements (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    body_site_id uuid NOT NULL,
    measured_at timestamp with time zone DEFAULT now() NOT NULL,
    measured_value numeric(7,2) NOT NULL,
    unit progress.measurement_unit NOT NULL,
    recorded_by app.actor_kind DEFAULT 'professional'::app.actor_kind NOT NULL,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT body_measurements_pkey PRIMARY KEY (id),
    CONSTRAINT body_measurements_measured_value_check CHECK ((measured_value > (0)::numeric)),
    CONSTRAINT body_measurements_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 2000)))
);

ALTER TABLE progress.body_measurements
    ADD CONSTRAINT body_measurements_body_site_id_fkey FOREIGN KEY (body_site_id, unit) REFERENCES progress.body_sites(id, unit);

ALTER TABLE progress.body_measurements
    ADD CONSTRAINT body_measurements_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX body_measurements_body_site_id_idx ON progress.body_measurements USING btree (body_site_id, unit);
CREATE INDEX body_measurements_patient_id_idx ON progress.body_measurements USING btree (patient_id, professional_id, body_site_id, measured_at);
CREATE INDEX body_measurements_professional_id_idx ON progress.body_measurements USING btree (professional_id, measured_at);

CREATE TRIGGER body_measurements_touch_updated_at BEFORE UPDATE ON progress.body_measurements FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE progress.body_measurements ENABLE ROW LEVEL SECURITY;
ALTER TABLE progress.body_measurements FORCE ROW LEVEL SECURITY;

CREATE POLICY body_measurements_maintenance ON progress.body_measurements
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY body_measurements_patient_insert ON progress.body_measurements
    FOR INSERT TO korevitta_app
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY body_measurements_patient_select ON progress.body_measurements
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY body_measurements_professional_insert ON progress.body_measurements
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY body_measurements_professional_select ON progress.body_measurements
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY body_measurements_professional_update ON progress.body_measurements
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE progress.body_measurements OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE progress.body_measurements TO korevitta_app;

COMMENT ON TABLE progress.body_measurements IS 'Uma medida de um paciente em um local e um instante.';
COMMENT ON COLUMN progress.body_measurements.measured_value IS 'Valor na unidade da coluna unit, que é a do local.';
