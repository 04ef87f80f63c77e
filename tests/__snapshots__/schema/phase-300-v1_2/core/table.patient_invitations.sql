CREATE TABLE core.patient_invitations (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    email public.citext NOT NULL,
    token_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT patient_invitations_pkey PRIMARY KEY (id),
    CONSTRAINT patient_invitations_token_hash_key UNIQUE (token_hash),
    CONSTRAINT patient_invitations_email_check CHECK (((POSITION(('@'::text) IN ((email)::text)) > 1) AND (char_length((email)::text) <= 254))),
    CONSTRAINT patient_invitations_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE core.patient_invitations
    ADD CONSTRAINT patient_invitations_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX patient_invitations_professional_id_idx ON core.patient_invitations USING btree (professional_id, patient_id);

CREATE TRIGGER patient_invitations_touch_updated_at BEFORE UPDATE ON core.patient_invitations FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.patient_invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.patient_invitations FORCE ROW LEVEL SECURITY;

CREATE POLICY patient_invitations_maintenance ON core.patient_invitations
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY patient_invitations_professional_insert ON core.patient_invitations
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patient_invitations_professional_select ON core.patient_invitations
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patient_invitations_professional_update ON core.patient_invitations
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE core.patient_invitations OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE core.patient_invitations TO korevitta_app;

COMMENT ON TABLE core.patient_invitations IS 'Convites enviados a pacientes. Guarda o SHA-256 do token, nunca o token.';
