CREATE TABLE checkin.schedules (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    form_id uuid NOT NULL,
    cadence checkin.cadence NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    next_due_at timestamp with time zone NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT schedules_pkey PRIMARY KEY (id),
    CONSTRAINT schedules_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT schedules_ends_on_check CHECK ((ends_on >= starts_on))
);

ALTER TABLE checkin.schedules
    ADD CONSTRAINT schedules_form_id_fkey FOREIGN KEY (professional_id, form_id) REFERENCES checkin.forms(professional_id, id);

ALTER TABLE checkin.schedules
    ADD CONSTRAINT schedules_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX schedules_form_id_idx ON checkin.schedules USING btree (form_id, professional_id);
CREATE INDEX schedules_next_due_at_idx ON checkin.schedules USING btree (professional_id, next_due_at) WHERE (is_active AND (deleted_at IS NULL));
CREATE INDEX schedules_patient_id_idx ON checkin.schedules USING btree (patient_id);

CREATE TRIGGER schedules_touch_updated_at BEFORE UPDATE ON checkin.schedules FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.schedules ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.schedules FORCE ROW LEVEL SECURITY;

CREATE POLICY schedules_maintenance ON checkin.schedules
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY schedules_mvp_patient_select ON checkin.schedules
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY schedules_mvp_professional_insert ON checkin.schedules
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY schedules_mvp_professional_select ON checkin.schedules
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY schedules_mvp_professional_update ON checkin.schedules
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE checkin.schedules OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE checkin.schedules TO korevitta_app;

COMMENT ON TABLE checkin.schedules IS 'Agendas de check-in: qual formulário, com que cadência e quando é o próximo.';
