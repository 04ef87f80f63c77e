CREATE TABLE communication.messages (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    sent_at timestamp with time zone DEFAULT now() NOT NULL,
    sender_kind app.actor_kind NOT NULL,
    sender_user_id uuid,
    body text NOT NULL,
    attachments jsonb DEFAULT '[]'::jsonb NOT NULL,
    read_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT messages_pkey PRIMARY KEY (id, sent_at),
    CONSTRAINT messages_attachments_check CHECK ((jsonb_typeof(attachments) = 'array'::text)),
    CONSTRAINT messages_body_check CHECK (((char_length(body) >= 1) AND (char_length(body) <= 8000))),
    CONSTRAINT messages_read_at_check CHECK ((read_at >= sent_at)),
    CONSTRAINT messages_sender_check CHECK (((sender_kind = 'system'::app.actor_kind) OR (sender_user_id IS NOT NULL))),
    CONSTRAINT messages_sent_at_check CHECK (isfinite(sent_at))
) PARTITION BY RANGE (sent_at);

ALTER TABLE communication.messages
    ADD CONSTRAINT messages_sender_user_id_fkey FOREIGN KEY (sender_user_id) REFERENCES identity.users(id);

ALTER TABLE communication.messages
    ADD CONSTRAINT messages_thread_id_fkey FOREIGN KEY (professional_id, patient_id, thread_id) REFERENCES communication.threads(professional_id, patient_id, id);

CREATE INDEX messages_patient_id_idx ON communication.messages USING btree (patient_id, sent_at);
CREATE INDEX messages_professional_id_idx ON communication.messages USING btree (professional_id, sent_at);
CREATE INDEX messages_sender_user_id_idx ON communication.messages USING btree (sender_user_id);
CREATE INDEX messages_thread_id_idx ON communication.messages USING btree (thread_id, professional_id, patient_id, sent_at);
CREATE INDEX messages_unread_idx ON communication.messages USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

CREATE TRIGGER messages_count_message AFTER INSERT ON communication.messages FOR EACH ROW EXECUTE FUNCTION communication.count_message();
CREATE TRIGGER messages_touch_updated_at BEFORE UPDATE ON communication.messages FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE communication.messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY messages_mvp_patient_insert ON communication.messages
    FOR INSERT TO korevitta_app
    WITH CHECK ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (sender_kind = 'patient'::app.actor_kind) AND (sender_user_id = ( SELECT app.current_patient_user_id() AS current_patient_user_id)));

CREATE POLICY messages_mvp_patient_select ON communication.messages
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY messages_mvp_patient_update ON communication.messages
    FOR UPDATE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]))
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY messages_mvp_professional_insert ON communication.messages
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY messages_mvp_professional_select ON communication.messages
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY messages_mvp_professional_update ON communication.messages
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY messages_patient_insert ON communication.messages
    FOR INSERT TO korevitta_app
    WITH CHECK ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (sender_kind = 'patient'::app.actor_kind) AND (sender_user_id = ( SELECT app.current_patient_user_id() AS current_patient_user_id)));

CREATE POLICY messages_patient_select ON communication.messages
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY messages_patient_update ON communication.messages
    FOR UPDATE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]))
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY messages_professional_insert ON communication.messages
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY messages_professional_select ON communication.messages
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY messages_professional_update ON communication.messages
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE communication.messages OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE communication.messages TO korevitta_app;

COMMENT ON TABLE communication.messages IS 'Mensagens das conversas, particionadas por mês (UTC).';
COMMENT ON COLUMN communication.messages.attachments IS 'Anexos: lista de {"name", "url", "media_type"}.';

CREATE TABLE communication.messages_2026_01
    PARTITION OF communication.messages FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');

CREATE INDEX messages_2026_01_unread_idx ON communication.messages_2026_01 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_01 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_01 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_01
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_01 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_02
    PARTITION OF communication.messages FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');

CREATE INDEX messages_2026_02_unread_idx ON communication.messages_2026_02 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_02 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_02 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_02
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_02 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_03
    PARTITION OF communication.messages FOR VALUES FROM ('2026-03-01 00:00:00+00') TO ('2026-04-01 00:00:00+00');

CREATE INDEX messages_2026_03_unread_idx ON communication.messages_2026_03 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_03 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_03 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_03
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_03 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_04
    PARTITION OF communication.messages FOR VALUES FROM ('2026-04-01 00:00:00+00') TO ('2026-05-01 00:00:00+00');

CREATE INDEX messages_2026_04_unread_idx ON communication.messages_2026_04 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_04 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_04 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_04
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_04 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_05
    PARTITION OF communication.messages FOR VALUES FROM ('2026-05-01 00:00:00+00') TO ('2026-06-01 00:00:00+00');

CREATE INDEX messages_2026_05_unread_idx ON communication.messages_2026_05 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_05 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_05 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_05
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_05 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_06
    PARTITION OF communication.messages FOR VALUES FROM ('2026-06-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');

CREATE INDEX messages_2026_06_unread_idx ON communication.messages_2026_06 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_06 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_06 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_06
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_06 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_07
    PARTITION OF communication.messages FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2026-08-01 00:00:00+00');

CREATE INDEX messages_2026_07_unread_idx ON communication.messages_2026_07 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_07 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_07 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_07
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_07 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_08
    PARTITION OF communication.messages FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');

CREATE INDEX messages_2026_08_unread_idx ON communication.messages_2026_08 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_08 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_08 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_08
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_08 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_09
    PARTITION OF communication.messages FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');

CREATE INDEX messages_2026_09_unread_idx ON communication.messages_2026_09 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_09 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_09 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_09
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_09 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_10
    PARTITION OF communication.messages FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');

CREATE INDEX messages_2026_10_unread_idx ON communication.messages_2026_10 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_10 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_10 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_10
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_10 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_11
    PARTITION OF communication.messages FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');

CREATE INDEX messages_2026_11_unread_idx ON communication.messages_2026_11 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_11 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_11 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_11
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_11 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_2026_12
    PARTITION OF communication.messages FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');

CREATE INDEX messages_2026_12_unread_idx ON communication.messages_2026_12 USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_2026_12 ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_2026_12 FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_2026_12
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_2026_12 OWNER TO korevitta_owner;

CREATE TABLE communication.messages_default
    PARTITION OF communication.messages DEFAULT;

CREATE INDEX messages_default_unread_idx ON communication.messages_default USING btree (professional_id, patient_id, sent_at) WHERE ((read_at IS NULL) AND (deleted_at IS NULL));

ALTER TABLE communication.messages_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages_default FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages_default
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE communication.messages_default OWNER TO korevitta_owner;
