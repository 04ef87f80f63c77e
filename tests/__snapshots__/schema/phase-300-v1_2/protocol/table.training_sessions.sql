CREATE TABLE protocol.training_sessions (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    training_plan_id uuid NOT NULL,
    name text NOT NULL,
    notes text,
    "position" smallint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT training_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT training_sessions_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT training_sessions_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT training_sessions_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 4000))),
    CONSTRAINT training_sessions_position_check CHECK (("position" > 0))
);

ALTER TABLE protocol.training_sessions
    ADD CONSTRAINT training_sessions_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE protocol.training_sessions
    ADD CONSTRAINT training_sessions_training_plan_id_fkey FOREIGN KEY (professional_id, patient_id, training_plan_id) REFERENCES protocol.training_plans(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX training_sessions_patient_id_idx ON protocol.training_sessions USING btree (patient_id);
CREATE INDEX training_sessions_training_plan_id_idx ON protocol.training_sessions USING btree (training_plan_id, professional_id, patient_id);

CREATE TRIGGER training_sessions_touch_updated_at BEFORE UPDATE ON protocol.training_sessions FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.training_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.training_sessions FORCE ROW LEVEL SECURITY;

CREATE POLICY training_sessions_maintenance ON protocol.training_sessions
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY training_sessions_patient_select ON protocol.training_sessions
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY training_sessions_professional_delete ON protocol.training_sessions
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_sessions_professional_insert ON protocol.training_sessions
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_sessions_professional_select ON protocol.training_sessions
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_sessions_professional_update ON protocol.training_sessions
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.training_sessions OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE protocol.training_sessions TO korevitta_app;

COMMENT ON TABLE protocol.training_sessions IS 'Sessões de um plano de treino: treino A, treino B e assim por diante.';
