CREATE TABLE supplementation.plans (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid NOT NULL,
    title text NOT NULL,
    notes text,
    starts_on date,
    ends_on date,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT plans_pkey PRIMARY KEY (id),
    CONSTRAINT plans_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT plans_ends_on_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT plans_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 4000))),
    CONSTRAINT plans_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 160)))
);

ALTER TABLE supplementation.plans
    ADD CONSTRAINT plans_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE supplementation.plans
    ADD CONSTRAINT plans_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id) REFERENCES protocol.protocol_modules(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX plans_patient_id_idx ON supplementation.plans USING btree (patient_id);
CREATE INDEX plans_protocol_module_id_idx ON supplementation.plans USING btree (protocol_module_id, professional_id, patient_id);

CREATE TRIGGER plans_touch_updated_at BEFORE UPDATE ON supplementation.plans FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE supplementation.plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplementation.plans FORCE ROW LEVEL SECURITY;

CREATE POLICY plans_maintenance ON supplementation.plans
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY plans_patient_select ON supplementation.plans
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY plans_professional_insert ON supplementation.plans
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY plans_professional_select ON supplementation.plans
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY plans_professional_update ON supplementation.plans
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE supplementation.plans OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE supplementation.plans TO korevitta_app;

COMMENT ON TABLE supplementation.plans IS 'Plano de suplementação de um módulo do protocolo.';
