CREATE TABLE communication.threads (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    subject text NOT NULL,
    last_message_at timestamp with time zone,
    professional_unread_count integer DEFAULT 0 NOT NULL,
    patient_unread_count integer DEFAULT 0 NOT NULL,
    closed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    is_pinned boolean DEFAULT false NOT NULL,
    CONSTRAINT threads_pkey PRIMARY KEY (id),
    CONSTRAINT threads_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT threads_subject_check CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 200))),
    CONSTRAINT threads_unread_count_check CHECK (((professional_unread_count >= 0) AND (patient_unread_count >= 0)))
);

ALTER TABLE communication.threads
    ADD CONSTRAINT threads_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX threads_inbox_idx ON communication.threads USING btree (professional_id, last_message_at DESC) WHERE (deleted_at IS NULL);
CREATE INDEX threads_patient_id_idx ON communication.threads USING btree (patient_id, last_message_at);

CREATE TRIGGER threads_touch_updated_at BEFORE UPDATE ON communication.threads FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE communication.threads ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.threads FORCE ROW LEVEL SECURITY;

CREATE POLICY threads_maintenance ON communication.threads
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY threads_patient_insert ON communication.threads
    FOR INSERT TO korevitta_app
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY threads_patient_select ON communication.threads
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY threads_patient_update ON communication.threads
    FOR UPDATE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]))
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY threads_professional_insert ON communication.threads
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY threads_professional_select ON communication.threads
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY threads_professional_update ON communication.threads
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE communication.threads OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE communication.threads TO korevitta_app;

COMMENT ON TABLE communication.threads IS 'Conversas. Ler é zerar a própria contagem; cada mensagem soma na do outro lado.';
COMMENT ON COLUMN communication.threads.professional_unread_count IS 'Mensagens que o profissional ainda não leu.';
COMMENT ON COLUMN communication.threads.patient_unread_count IS 'Mensagens que o paciente ainda não leu.';
COMMENT ON COLUMN communication.threads.is_pinned IS 'Fixada no topo da lista do profissional.';
