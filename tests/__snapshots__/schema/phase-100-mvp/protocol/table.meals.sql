CREATE TABLE protocol.meals (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    meal_plan_id uuid NOT NULL,
    name text NOT NULL,
    scheduled_time time without time zone,
    notes text,
    "position" smallint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT meals_pkey PRIMARY KEY (id),
    CONSTRAINT meals_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT meals_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT meals_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 4000))),
    CONSTRAINT meals_position_check CHECK (("position" > 0))
);

ALTER TABLE protocol.meals
    ADD CONSTRAINT meals_meal_plan_id_fkey FOREIGN KEY (professional_id, patient_id, meal_plan_id) REFERENCES protocol.meal_plans(professional_id, patient_id, id) ON DELETE CASCADE;

ALTER TABLE protocol.meals
    ADD CONSTRAINT meals_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX meals_meal_plan_id_idx ON protocol.meals USING btree (meal_plan_id, professional_id, patient_id);
CREATE INDEX meals_patient_id_idx ON protocol.meals USING btree (patient_id);

CREATE TRIGGER meals_touch_updated_at BEFORE UPDATE ON protocol.meals FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.meals ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.meals FORCE ROW LEVEL SECURITY;

CREATE POLICY meals_maintenance ON protocol.meals
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY meals_mvp_patient_select ON protocol.meals
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY meals_mvp_professional_delete ON protocol.meals
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meals_mvp_professional_insert ON protocol.meals
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meals_mvp_professional_select ON protocol.meals
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meals_mvp_professional_update ON protocol.meals
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.meals OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE protocol.meals TO korevitta_app;

COMMENT ON TABLE protocol.meals IS 'Refeições de um plano alimentar, no horário local do paciente.';
