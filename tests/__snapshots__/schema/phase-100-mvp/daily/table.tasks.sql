CREATE TABLE daily.tasks (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid,
    kind daily.task_kind NOT NULL,
    title text NOT NULL,
    description text,
    due_on date NOT NULL,
    due_time time without time zone,
    "position" smallint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT tasks_pkey PRIMARY KEY (id),
    CONSTRAINT tasks_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT tasks_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 2000))),
    CONSTRAINT tasks_position_check CHECK (("position" > 0)),
    CONSTRAINT tasks_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
);

ALTER TABLE daily.tasks
    ADD CONSTRAINT tasks_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE daily.tasks
    ADD CONSTRAINT tasks_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id) REFERENCES protocol.protocol_modules(professional_id, patient_id, id);

CREATE INDEX tasks_patient_id_idx ON daily.tasks USING btree (patient_id, due_on);
CREATE INDEX tasks_protocol_module_id_idx ON daily.tasks USING btree (protocol_module_id, professional_id, patient_id);

CREATE TRIGGER tasks_touch_updated_at BEFORE UPDATE ON daily.tasks FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE daily.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE daily.tasks FORCE ROW LEVEL SECURITY;

CREATE POLICY tasks_maintenance ON daily.tasks
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY tasks_mvp_patient_select ON daily.tasks
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY tasks_mvp_professional_delete ON daily.tasks
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY tasks_mvp_professional_insert ON daily.tasks
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY tasks_mvp_professional_select ON daily.tasks
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY tasks_mvp_professional_update ON daily.tasks
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE daily.tasks OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE daily.tasks TO korevitta_app;

COMMENT ON TABLE daily.tasks IS 'Tarefas de um paciente em um dia, geradas do protocolo ou avulsas.';
COMMENT ON COLUMN daily.tasks.due_on IS 'Dia local do paciente.';
