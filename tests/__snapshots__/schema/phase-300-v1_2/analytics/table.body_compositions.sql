CREATE TABLE analytics.body_compositions (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    measured_at timestamp with time zone DEFAULT now() NOT NULL,
    device text,
    weight_kg numeric(5,2) NOT NULL,
    skeletal_muscle_mass_kg numeric(5,2),
    body_fat_mass_kg numeric(5,2),
    body_fat_percent numeric(4,1),
    total_body_water_l numeric(5,2),
    protein_kg numeric(5,2),
    minerals_kg numeric(5,2),
    basal_metabolic_rate_kcal integer,
    visceral_fat_level smallint,
    phase_angle_degrees numeric(4,1),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT body_compositions_pkey PRIMARY KEY (id),
    CONSTRAINT body_compositions_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT body_compositions_basal_metabolic_rate_kcal_check CHECK ((basal_metabolic_rate_kcal > 0)),
    CONSTRAINT body_compositions_body_fat_mass_kg_check CHECK ((body_fat_mass_kg >= (0)::numeric)),
    CONSTRAINT body_compositions_body_fat_percent_check CHECK (((body_fat_percent >= (0)::numeric) AND (body_fat_percent <= (100)::numeric))),
    CONSTRAINT body_compositions_device_check CHECK (((char_length(device) >= 1) AND (char_length(device) <= 120))),
    CONSTRAINT body_compositions_minerals_kg_check CHECK ((minerals_kg >= (0)::numeric)),
    CONSTRAINT body_compositions_phase_angle_degrees_check CHECK (((phase_angle_degrees >= (0)::numeric) AND (phase_angle_degrees <= (30)::numeric))),
    CONSTRAINT body_compositions_protein_kg_check CHECK ((protein_kg >= (0)::numeric)),
    CONSTRAINT body_compositions_skeletal_muscle_mass_kg_check CHECK ((skeletal_muscle_mass_kg >= (0)::numeric)),
    CONSTRAINT body_compositions_total_body_water_l_check CHECK ((total_body_water_l >= (0)::numeric)),
    CONSTRAINT body_compositions_visceral_fat_level_check CHECK (((visceral_fat_level >= 0) AND (visceral_fat_level <= 60))),
    CONSTRAINT body_compositions_weight_kg_check CHECK ((weight_kg > (0)::numeric))
);

ALTER TABLE analytics.body_compositions
    ADD CONSTRAINT body_compositions_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX body_compositions_measured_at_idx ON analytics.body_compositions USING btree (professional_id, measured_at) WHERE (deleted_at IS NULL);
CREATE INDEX body_compositions_patient_id_idx ON analytics.body_compositions USING btree (patient_id, professional_id, measured_at);

CREATE TRIGGER body_compositions_audit AFTER INSERT OR DELETE OR UPDATE ON analytics.body_compositions FOR EACH ROW EXECUTE FUNCTION audit.capture('patient_id');
CREATE TRIGGER body_compositions_touch_updated_at BEFORE UPDATE ON analytics.body_compositions FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE analytics.body_compositions ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics.body_compositions FORCE ROW LEVEL SECURITY;

CREATE POLICY body_compositions_maintenance ON analytics.body_compositions
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY body_compositions_patient_select ON analytics.body_compositions
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY body_compositions_professional_insert ON analytics.body_compositions
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY body_compositions_professional_select ON analytics.body_compositions
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY body_compositions_professional_update ON analytics.body_compositions
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE analytics.body_compositions OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE analytics.body_compositions TO korevitta_app;

COMMENT ON TABLE analytics.body_compositions IS 'Um exame de composição corporal de um paciente.';
