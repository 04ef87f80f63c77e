CREATE TABLE hydration.plans (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid,
    daily_target_ml integer NOT NULL,
    reminder_interval_minutes smallint,
    instructions text,
    starts_on date DEFAULT CURRENT_DATE NOT NULL,
    ends_on date,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT plans_pkey PRIMARY KEY (id),
    CONSTRAINT plans_daily_target_ml_check CHECK (((daily_target_ml >= 250) AND (daily_target_ml <= 15000))),
    CONSTRAINT plans_ends_on_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT plans_instructions_check CHECK (((char_length(instructions) >= 1) AND (char_length(instructions) <= 2000))),
    CONSTRAINT plans_reminder_interval_minutes_check CHECK (((reminder_interval_minutes >= 15) AND (reminder_interval_minutes <= 720)))
);

ALTER TABLE hydration.plans
    ADD CONSTRAINT plans_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE hydration.plans
    ADD CONSTRAINT plans_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id) REFERENCES protocol.protocol_modules(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX plans_patient_id_idx ON hydration.plans USING btree (patient_id);
CREATE INDEX plans_professional_id_idx ON hydration.plans USING btree (professional_id, patient_id, starts_on);
CREATE INDEX plans_protocol_module_id_idx ON hydration.plans USING btree (protocol_module_id, professional_id, patient_id);

CREATE TRIGGER plans_touch_updated_at BEFORE UPDATE ON hydration.plans FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE hydration.plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.plans FORCE ROW LEVEL SECURITY;

CREATE POLICY plans_maintenance ON hydration.plans
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY plans_patient_select ON hydration.plans
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY plans_professional_insert ON hydration.plans
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY plans_professional_select ON hydration.plans
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY plans_professional_update ON hydration.plans
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE hydration.plans OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE hydration.plans TO korevitta_app;

COMMENT ON TABLE hydration.plans IS 'Meta diária de água de um paciente.';
