CREATE TABLE core.consents (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    purpose core.consent_purpose NOT NULL,
    document_version text NOT NULL,
    granted_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT consents_pkey PRIMARY KEY (id),
    CONSTRAINT consents_document_version_check CHECK (((char_length(document_version) >= 1) AND (char_length(document_version) <= 40))),
    CONSTRAINT consents_revoked_at_check CHECK ((revoked_at >= granted_at))
);

ALTER TABLE core.consents
    ADD CONSTRAINT consents_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX consents_patient_id_idx ON core.consents USING btree (patient_id, professional_id, purpose);
CREATE INDEX consents_professional_id_idx ON core.consents USING btree (professional_id);

CREATE TRIGGER consents_touch_updated_at BEFORE UPDATE ON core.consents FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.consents FORCE ROW LEVEL SECURITY;

CREATE POLICY consents_maintenance ON core.consents
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY consents_mvp_patient_insert ON core.consents
    FOR INSERT TO korevitta_app
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY consents_mvp_patient_select ON core.consents
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY consents_mvp_patient_update ON core.consents
    FOR UPDATE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]))
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY consents_mvp_professional_select ON core.consents
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE core.consents OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE core.consents TO korevitta_app;

COMMENT ON TABLE core.consents IS 'Consentimentos do titular (LGPD, art. 8º): quem consente e revoga é o paciente; o consultório apenas consulta.';
COMMENT ON COLUMN core.consents.document_version IS 'Versão do termo apresentado.';
