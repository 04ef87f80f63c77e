CREATE TABLE protocol.training_plans (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid NOT NULL,
    title text NOT NULL,
    notes text,
    weekly_frequency smallint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT training_plans_pkey PRIMARY KEY (id),
    CONSTRAINT training_plans_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT training_plans_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 20000))),
    CONSTRAINT training_plans_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200))),
    CONSTRAINT training_plans_weekly_frequency_check CHECK (((weekly_frequency >= 1) AND (weekly_frequency <= 14)))
);

ALTER TABLE protocol.training_plans
    ADD CONSTRAINT training_plans_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE protocol.training_plans
    ADD CONSTRAINT training_plans_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id) REFERENCES protocol.protocol_modules(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX training_plans_patient_id_idx ON protocol.training_plans USING btree (patient_id);
CREATE INDEX training_plans_protocol_module_id_idx ON protocol.training_plans USING btree (protocol_module_id, professional_id, patient_id);

CREATE TRIGGER training_plans_touch_updated_at BEFORE UPDATE ON protocol.training_plans FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.training_plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.training_plans FORCE ROW LEVEL SECURITY;

CREATE POLICY training_plans_maintenance ON protocol.training_plans
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY training_plans_mvp_patient_select ON protocol.training_plans
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY training_plans_mvp_professional_delete ON protocol.training_plans
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_plans_mvp_professional_insert ON protocol.training_plans
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_plans_mvp_professional_select ON protocol.training_plans
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_plans_mvp_professional_update ON protocol.training_plans
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.training_plans OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE protocol.training_plans TO korevitta_app;

COMMENT ON TABLE protocol.training_plans IS 'Planos de treino de um módulo de treino.';
COMMENT ON COLUMN protocol.training_plans.weekly_frequency IS 'Sessões por semana.';
