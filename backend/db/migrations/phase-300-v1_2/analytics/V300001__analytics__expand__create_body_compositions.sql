-- O que faz: composição corporal por bioimpedância, com o corpo inteiro e os cinco segmentos.
-- Por que é seguro: só objetos novos. O rollback remove as tabelas e o tipo.
SET LOCAL lock_timeout = '5s';

CREATE TYPE analytics.body_segment AS ENUM ('right_arm', 'left_arm', 'trunk', 'right_leg', 'left_leg');

CREATE TABLE analytics.body_compositions (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    measured_at timestamptz NOT NULL DEFAULT now(),
    device text,
    weight_kg numeric(5, 2) NOT NULL,
    skeletal_muscle_mass_kg numeric(5, 2),
    body_fat_mass_kg numeric(5, 2),
    body_fat_percent numeric(4, 1),
    total_body_water_l numeric(5, 2),
    protein_kg numeric(5, 2),
    minerals_kg numeric(5, 2),
    basal_metabolic_rate_kcal integer,
    visceral_fat_level smallint,
    phase_angle_degrees numeric(4, 1),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT body_compositions_pkey PRIMARY KEY (id),
    CONSTRAINT body_compositions_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT body_compositions_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT body_compositions_device_check CHECK (char_length(device) BETWEEN 1 AND 120),
    CONSTRAINT body_compositions_weight_kg_check CHECK (weight_kg > 0),
    CONSTRAINT body_compositions_skeletal_muscle_mass_kg_check CHECK (skeletal_muscle_mass_kg >= 0),
    CONSTRAINT body_compositions_body_fat_mass_kg_check CHECK (body_fat_mass_kg >= 0),
    CONSTRAINT body_compositions_body_fat_percent_check CHECK (body_fat_percent BETWEEN 0 AND 100),
    CONSTRAINT body_compositions_total_body_water_l_check CHECK (total_body_water_l >= 0),
    CONSTRAINT body_compositions_protein_kg_check CHECK (protein_kg >= 0),
    CONSTRAINT body_compositions_minerals_kg_check CHECK (minerals_kg >= 0),
    CONSTRAINT body_compositions_basal_metabolic_rate_kcal_check CHECK (basal_metabolic_rate_kcal > 0),
    CONSTRAINT body_compositions_visceral_fat_level_check CHECK (visceral_fat_level BETWEEN 0 AND 60),
    CONSTRAINT body_compositions_phase_angle_degrees_check CHECK (phase_angle_degrees BETWEEN 0 AND 30)
);
CREATE INDEX body_compositions_patient_id_idx
ON analytics.body_compositions (patient_id, professional_id, measured_at);
CREATE INDEX body_compositions_measured_at_idx
ON analytics.body_compositions (professional_id, measured_at) WHERE deleted_at IS NULL;

CREATE TABLE analytics.body_composition_segments (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    body_composition_id uuid NOT NULL,
    segment analytics.body_segment NOT NULL,
    lean_mass_kg numeric(5, 2) NOT NULL,
    lean_mass_percent numeric(4, 1),
    fat_mass_kg numeric(5, 2),
    fat_mass_percent numeric(4, 1),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT body_composition_segments_pkey PRIMARY KEY (id),
    CONSTRAINT body_composition_segments_body_composition_id_segment_key UNIQUE (body_composition_id, segment),
    CONSTRAINT body_composition_segments_body_composition_id_fkey
    FOREIGN KEY (professional_id, patient_id, body_composition_id)
    REFERENCES analytics.body_compositions (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT body_composition_segments_lean_mass_kg_check CHECK (lean_mass_kg >= 0),
    CONSTRAINT body_composition_segments_lean_mass_percent_check CHECK (lean_mass_percent BETWEEN 0 AND 300),
    CONSTRAINT body_composition_segments_fat_mass_kg_check CHECK (fat_mass_kg >= 0),
    CONSTRAINT body_composition_segments_fat_mass_percent_check CHECK (fat_mass_percent BETWEEN 0 AND 900)
);
CREATE INDEX body_composition_segments_scope_idx
ON analytics.body_composition_segments (professional_id, patient_id, body_composition_id);
CREATE INDEX body_composition_segments_patient_id_idx ON analytics.body_composition_segments (patient_id);

CREATE TRIGGER body_compositions_touch_updated_at
BEFORE UPDATE ON analytics.body_compositions
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER body_composition_segments_touch_updated_at
BEFORE UPDATE ON analytics.body_composition_segments
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE analytics.body_compositions ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics.body_compositions FORCE ROW LEVEL SECURITY;
CREATE POLICY body_compositions_maintenance ON analytics.body_compositions
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY body_compositions_professional_select ON analytics.body_compositions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_compositions_professional_insert ON analytics.body_compositions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_compositions_professional_update ON analytics.body_compositions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_compositions_patient_select ON analytics.body_compositions
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON analytics.body_compositions TO korevitta_app;
ALTER TABLE analytics.body_composition_segments ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics.body_composition_segments FORCE ROW LEVEL SECURITY;
CREATE POLICY body_composition_segments_maintenance ON analytics.body_composition_segments
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY body_composition_segments_professional_select ON analytics.body_composition_segments
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_composition_segments_professional_insert ON analytics.body_composition_segments
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_composition_segments_professional_update ON analytics.body_composition_segments
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_composition_segments_professional_delete ON analytics.body_composition_segments
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_composition_segments_patient_select ON analytics.body_composition_segments
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON analytics.body_composition_segments TO korevitta_app;

COMMENT ON TYPE analytics.body_segment IS 'Segmento medido pela bioimpedância.';
COMMENT ON TABLE analytics.body_compositions IS 'Um exame de composição corporal de um paciente.';
COMMENT ON TABLE analytics.body_composition_segments IS 'Massa magra e gorda de cada segmento de um exame.';
COMMENT ON COLUMN analytics.body_composition_segments.lean_mass_percent IS
'Percentual do esperado para a altura e o sexo, como o aparelho informa (100 é o ideal).';
