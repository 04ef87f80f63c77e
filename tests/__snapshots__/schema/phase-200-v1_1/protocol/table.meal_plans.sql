CREATE TABLE protocol.meal_plans (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid NOT NULL,
    title text NOT NULL,
    notes text,
    energy_kcal_target numeric(6,1),
    protein_g_target numeric(5,1),
    carbohydrate_g_target numeric(5,1),
    fat_g_target numeric(5,1),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT meal_plans_pkey PRIMARY KEY (id),
    CONSTRAINT meal_plans_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT meal_plans_energy_kcal_target_check CHECK ((energy_kcal_target > (0)::numeric)),
    CONSTRAINT meal_plans_macros_target_check CHECK (((protein_g_target >= (0)::numeric) AND (carbohydrate_g_target >= (0)::numeric) AND (fat_g_target >= (0)::numeric))),
    CONSTRAINT meal_plans_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 20000))),
    CONSTRAINT meal_plans_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
);

ALTER TABLE protocol.meal_plans
    ADD CONSTRAINT meal_plans_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE protocol.meal_plans
    ADD CONSTRAINT meal_plans_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id) REFERENCES protocol.protocol_modules(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX meal_plans_patient_id_idx ON protocol.meal_plans USING btree (patient_id);
CREATE INDEX meal_plans_protocol_module_id_idx ON protocol.meal_plans USING btree (protocol_module_id, professional_id, patient_id);

CREATE TRIGGER meal_plans_touch_updated_at BEFORE UPDATE ON protocol.meal_plans FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.meal_plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.meal_plans FORCE ROW LEVEL SECURITY;

CREATE POLICY meal_plans_maintenance ON protocol.meal_plans
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY meal_plans_mvp_patient_select ON protocol.meal_plans
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY meal_plans_mvp_professional_delete ON protocol.meal_plans
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_plans_mvp_professional_insert ON protocol.meal_plans
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_plans_mvp_professional_select ON protocol.meal_plans
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_plans_mvp_professional_update ON protocol.meal_plans
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_plans_patient_select ON protocol.meal_plans
    FOR SELECT TO korevitta_app
    USING ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (deleted_at IS NULL));

CREATE POLICY meal_plans_professional_insert ON protocol.meal_plans
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_plans_professional_select ON protocol.meal_plans
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_plans_professional_update ON protocol.meal_plans
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.meal_plans OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE protocol.meal_plans TO korevitta_app;

COMMENT ON TABLE protocol.meal_plans IS 'Planos alimentares de um módulo de nutrição, com as metas do dia.';
