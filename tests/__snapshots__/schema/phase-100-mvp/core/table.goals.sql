CREATE TABLE core.goals (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    title text NOT NULL,
    unit text,
    start_value numeric(10,2),
    target_value numeric(10,2),
    starts_on date NOT NULL,
    target_on date,
    status core.goal_status DEFAULT 'active'::core.goal_status NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT goals_pkey PRIMARY KEY (id),
    CONSTRAINT goals_target_on_check CHECK ((target_on >= starts_on)),
    CONSTRAINT goals_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200))),
    CONSTRAINT goals_unit_check CHECK (((char_length(unit) >= 1) AND (char_length(unit) <= 20))),
    CONSTRAINT goals_unit_target_value_check CHECK (((target_value IS NULL) OR (unit IS NOT NULL)))
);

ALTER TABLE core.goals
    ADD CONSTRAINT goals_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX goals_patient_id_idx ON core.goals USING btree (patient_id, professional_id);
CREATE INDEX goals_professional_id_idx ON core.goals USING btree (professional_id, status);

CREATE TRIGGER goals_touch_updated_at BEFORE UPDATE ON core.goals FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.goals ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.goals FORCE ROW LEVEL SECURITY;

CREATE POLICY goals_maintenance ON core.goals
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY goals_mvp_patient_select ON core.goals
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY goals_mvp_professional_insert ON core.goals
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY goals_mvp_professional_select ON core.goals
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY goals_mvp_professional_update ON core.goals
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE core.goals OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE core.goals TO korevitta_app;

COMMENT ON TABLE core.goals IS 'Metas combinadas com o paciente; com valor-alvo, a unidade é obrigatória.';
