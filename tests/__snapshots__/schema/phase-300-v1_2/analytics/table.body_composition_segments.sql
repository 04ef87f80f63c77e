CREATE TABLE analytics.body_composition_segments (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    body_composition_id uuid NOT NULL,
    segment analytics.body_segment NOT NULL,
    lean_mass_kg numeric(5,2) NOT NULL,
    lean_mass_percent numeric(4,1),
    fat_mass_kg numeric(5,2),
    fat_mass_percent numeric(4,1),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT body_composition_segments_pkey PRIMARY KEY (id),
    CONSTRAINT body_composition_segments_body_composition_id_segment_key UNIQUE (body_composition_id, segment),
    CONSTRAINT body_composition_segments_fat_mass_kg_check CHECK ((fat_mass_kg >= (0)::numeric)),
    CONSTRAINT body_composition_segments_fat_mass_percent_check CHECK (((fat_mass_percent >= (0)::numeric) AND (fat_mass_percent <= (900)::numeric))),
    CONSTRAINT body_composition_segments_lean_mass_kg_check CHECK ((lean_mass_kg >= (0)::numeric)),
    CONSTRAINT body_composition_segments_lean_mass_percent_check CHECK (((lean_mass_percent >= (0)::numeric) AND (lean_mass_percent <= (300)::numeric)))
);

ALTER TABLE analytics.body_composition_segments
    ADD CONSTRAINT body_composition_segments_body_composition_id_fkey FOREIGN KEY (professional_id, patient_id, body_composition_id) REFERENCES analytics.body_compositions(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX body_composition_segments_patient_id_idx ON analytics.body_composition_segments USING btree (patient_id);
CREATE INDEX body_composition_segments_scope_idx ON analytics.body_composition_segments USING btree (professional_id, patient_id, body_composition_id);

CREATE TRIGGER body_composition_segments_touch_updated_at BEFORE UPDATE ON analytics.body_composition_segments FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE analytics.body_composition_segments ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics.body_composition_segments FORCE ROW LEVEL SECURITY;

CREATE POLICY body_composition_segments_maintenance ON analytics.body_composition_segments
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY body_composition_segments_patient_select ON analytics.body_composition_segments
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY body_composition_segments_professional_delete ON analytics.body_composition_segments
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY body_composition_segments_professional_insert ON analytics.body_composition_segments
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY body_composition_segments_professional_select ON analytics.body_composition_segments
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY body_composition_segments_professional_update ON analytics.body_composition_segments
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE analytics.body_composition_segments OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE analytics.body_composition_segments TO korevitta_app;

COMMENT ON TABLE analytics.body_composition_segments IS 'Massa magra e gorda de cada segmento de um exame.';
COMMENT ON COLUMN analytics.body_composition_segments.lean_mass_percent IS 'Percentual do esperado para a altura e o sexo, como o aparelho informa (100 é o ideal).';
