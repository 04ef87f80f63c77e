CREATE TABLE supplementation.plan_items (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    supplement_id uuid,
    name text NOT NULL,
    dose numeric(9,3) NOT NULL,
    dose_unit supplementation.dose_unit NOT NULL,
    times_per_day smallint DEFAULT 1 NOT NULL,
    timing text,
    instructions text,
    "position" smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT plan_items_pkey PRIMARY KEY (id),
    CONSTRAINT plan_items_dose_check CHECK ((dose > (0)::numeric)),
    CONSTRAINT plan_items_instructions_check CHECK (((char_length(instructions) >= 1) AND (char_length(instructions) <= 2000))),
    CONSTRAINT plan_items_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 160))),
    CONSTRAINT plan_items_position_check CHECK ((("position" >= 1) AND ("position" <= 1000))),
    CONSTRAINT plan_items_times_per_day_check CHECK (((times_per_day >= 1) AND (times_per_day <= 24))),
    CONSTRAINT plan_items_timing_check CHECK (((char_length(timing) >= 1) AND (char_length(timing) <= 160)))
);

ALTER TABLE supplementation.plan_items
    ADD CONSTRAINT plan_items_plan_id_fkey FOREIGN KEY (professional_id, patient_id, plan_id) REFERENCES supplementation.plans(professional_id, patient_id, id) ON DELETE CASCADE;

ALTER TABLE supplementation.plan_items
    ADD CONSTRAINT plan_items_supplement_id_fkey FOREIGN KEY (professional_id, supplement_id) REFERENCES supplementation.supplements(professional_id, id);

CREATE INDEX plan_items_patient_id_idx ON supplementation.plan_items USING btree (patient_id);
CREATE INDEX plan_items_plan_id_idx ON supplementation.plan_items USING btree (plan_id, professional_id, patient_id);
CREATE INDEX plan_items_supplement_id_idx ON supplementation.plan_items USING btree (professional_id, supplement_id);

CREATE TRIGGER plan_items_touch_updated_at BEFORE UPDATE ON supplementation.plan_items FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE supplementation.plan_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplementation.plan_items FORCE ROW LEVEL SECURITY;

CREATE POLICY plan_items_maintenance ON supplementation.plan_items
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY plan_items_patient_select ON supplementation.plan_items
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY plan_items_professional_delete ON supplementation.plan_items
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY plan_items_professional_insert ON supplementation.plan_items
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY plan_items_professional_select ON supplementation.plan_items
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY plan_items_professional_update ON supplementation.plan_items
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE supplementation.plan_items OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE supplementation.plan_items TO korevitta_app;

COMMENT ON TABLE supplementation.plan_items IS 'Doses de um plano; o nome é copiado, para o paciente ler sem ver o catálogo.';
COMMENT ON COLUMN supplementation.plan_items.dose IS 'Quantidade por tomada, na unidade de dose_unit.';
