CREATE TABLE protocol.protocol_versions (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_id uuid NOT NULL,
    version_number integer NOT NULL,
    snapshot jsonb NOT NULL,
    change_note text,
    published_by_user_id uuid,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT protocol_versions_pkey PRIMARY KEY (id),
    CONSTRAINT protocol_versions_protocol_id_version_number_key UNIQUE (protocol_id, version_number),
    CONSTRAINT protocol_versions_change_note_check CHECK (((char_length(change_note) >= 1) AND (char_length(change_note) <= 1000))),
    CONSTRAINT protocol_versions_snapshot_check CHECK ((jsonb_typeof(snapshot) = 'object'::text)),
    CONSTRAINT protocol_versions_version_number_check CHECK ((version_number > 0))
);

ALTER TABLE protocol.protocol_versions
    ADD CONSTRAINT protocol_versions_protocol_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_id) REFERENCES protocol.protocols(professional_id, patient_id, id);

ALTER TABLE protocol.protocol_versions
    ADD CONSTRAINT protocol_versions_published_by_user_id_fkey FOREIGN KEY (published_by_user_id) REFERENCES identity.users(id);

CREATE INDEX protocol_versions_patient_id_idx ON protocol.protocol_versions USING btree (patient_id, published_at);
CREATE INDEX protocol_versions_professional_id_idx ON protocol.protocol_versions USING btree (professional_id, published_at);
CREATE INDEX protocol_versions_protocol_id_idx ON protocol.protocol_versions USING btree (protocol_id, professional_id, patient_id);
CREATE INDEX protocol_versions_published_by_user_id_idx ON protocol.protocol_versions USING btree (published_by_user_id);

CREATE TRIGGER protocol_versions_audit AFTER INSERT OR DELETE ON protocol.protocol_versions FOR EACH ROW EXECUTE FUNCTION audit.capture('patient_id');
CREATE TRIGGER protocol_versions_refuse_change BEFORE DELETE OR UPDATE ON protocol.protocol_versions FOR EACH ROW EXECUTE FUNCTION protocol.refuse_version_change();

ALTER TABLE protocol.protocol_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.protocol_versions FORCE ROW LEVEL SECURITY;

CREATE POLICY protocol_versions_maintenance ON protocol.protocol_versions
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY protocol_versions_patient_select ON protocol.protocol_versions
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY protocol_versions_professional_insert ON protocol.protocol_versions
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocol_versions_professional_select ON protocol.protocol_versions
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.protocol_versions OWNER TO korevitta_owner;

GRANT INSERT, SELECT ON TABLE protocol.protocol_versions TO korevitta_app;

COMMENT ON TABLE protocol.protocol_versions IS 'Versões publicadas de um protocolo; imutáveis.';
COMMENT ON COLUMN protocol.protocol_versions.snapshot IS 'Protocolo inteiro, no formato de protocol.protocol_snapshot.';
