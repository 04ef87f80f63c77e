CREATE TABLE daily.task_completions (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    task_id uuid NOT NULL,
    completed_at timestamp with time zone DEFAULT now() NOT NULL,
    note text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT task_completions_pkey PRIMARY KEY (id),
    CONSTRAINT task_completions_task_id_key UNIQUE (task_id, professional_id, patient_id),
    CONSTRAINT task_completions_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 2000)))
);

ALTER TABLE daily.task_completions
    ADD CONSTRAINT task_completions_task_id_fkey FOREIGN KEY (professional_id, patient_id, task_id) REFERENCES daily.tasks(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX task_completions_patient_id_idx ON daily.task_completions USING btree (patient_id, completed_at);
CREATE INDEX task_completions_professional_id_idx ON daily.task_completions USING btree (professional_id, completed_at);

CREATE TRIGGER task_completions_touch_updated_at BEFORE UPDATE ON daily.task_completions FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE daily.task_completions ENABLE ROW LEVEL SECURITY;
ALTER TABLE daily.task_completions FORCE ROW LEVEL SECURITY;

CREATE POLICY task_completions_maintenance ON daily.task_completions
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY task_completions_mvp_patient_delete ON daily.task_completions
    FOR DELETE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY task_completions_mvp_patient_insert ON daily.task_completions
    FOR INSERT TO korevitta_app
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY task_completions_mvp_patient_select ON daily.task_completions
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY task_completions_mvp_patient_update ON daily.task_completions
    FOR UPDATE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]))
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY task_completions_mvp_professional_delete ON daily.task_completions
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY task_completions_mvp_professional_insert ON daily.task_completions
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY task_completions_mvp_professional_select ON daily.task_completions
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY task_completions_mvp_professional_update ON daily.task_completions
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY task_completions_patient_delete ON daily.task_completions
    FOR DELETE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY task_completions_patient_insert ON daily.task_completions
    FOR INSERT TO korevitta_app
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY task_completions_patient_select ON daily.task_completions
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY task_completions_patient_update ON daily.task_completions
    FOR UPDATE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]))
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY task_completions_professional_delete ON daily.task_completions
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY task_completions_professional_insert ON daily.task_completions
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY task_completions_professional_select ON daily.task_completions
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY task_completions_professional_update ON daily.task_completions
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE daily.task_completions OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE daily.task_completions TO korevitta_app;

COMMENT ON TABLE daily.task_completions IS 'Conclusões: no máximo uma por tarefa; desmarcar é apagar.';
