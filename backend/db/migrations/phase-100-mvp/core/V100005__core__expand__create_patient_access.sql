-- O que faz: cria os convites, com que um paciente liga sua conta ao cadastro, e os consentimentos da LGPD.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove as duas tabelas, a função e o tipo.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE core.patient_invitations (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    email public.citext NOT NULL,
    token_hash bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT patient_invitations_pkey PRIMARY KEY (id),
    CONSTRAINT patient_invitations_token_hash_key UNIQUE (token_hash),
    CONSTRAINT patient_invitations_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT patient_invitations_email_check
    CHECK (position('@' IN email::text) > 1 AND char_length(email::text) <= 254),
    CONSTRAINT patient_invitations_token_hash_check CHECK (octet_length(token_hash) = 32)
);
COMMENT ON TABLE core.patient_invitations IS 'Convites enviados a pacientes. Guarda o SHA-256 do token, nunca o token.';

CREATE INDEX patient_invitations_professional_id_idx
ON core.patient_invitations (professional_id, patient_id);

CREATE TRIGGER patient_invitations_touch_updated_at
BEFORE UPDATE ON core.patient_invitations
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.patient_invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.patient_invitations FORCE ROW LEVEL SECURITY;

CREATE POLICY patient_invitations_maintenance ON core.patient_invitations
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY patient_invitations_mvp_professional_select ON core.patient_invitations
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_invitations_mvp_professional_insert ON core.patient_invitations
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_invitations_mvp_professional_update ON core.patient_invitations
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));

GRANT SELECT, INSERT, UPDATE ON TABLE core.patient_invitations TO korevitta_app;

-- SECURITY DEFINER: quem aceita ainda não é paciente de ninguém, logo o RLS não lhe mostra nem o convite nem o
-- cadastro. Só quem tem o token (32 bytes aleatórios) chega a uma linha, e só liga a si mesmo.
CREATE FUNCTION core.accept_invitation(token_hash bytea)
RETURNS uuid
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    guest uuid := app.current_user_id();
    accepted_patient uuid;
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    IF guest IS NULL THEN
        RAISE EXCEPTION 'an invitation is accepted by a signed-in user: app.current_user_id is not set'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.maintenance', 'on', TRUE);
    UPDATE core.patients AS p
    SET
        user_id = guest,
        status = 'active'
    FROM core.patient_invitations AS i
    WHERE
        i.token_hash = accept_invitation.token_hash
        AND i.accepted_at IS NULL
        AND i.revoked_at IS NULL
        AND i.expires_at > now()
        AND p.professional_id = i.professional_id
        AND p.id = i.patient_id
        AND p.user_id IS NULL
        AND p.deleted_at IS NULL
    RETURNING p.id INTO accepted_patient;
    IF accepted_patient IS NOT NULL THEN
        UPDATE core.patient_invitations AS i
        SET accepted_at = now()
        WHERE i.token_hash = accept_invitation.token_hash;
    END IF;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
    RETURN accepted_patient;
END;
$$;
COMMENT ON FUNCTION core.accept_invitation(bytea) IS
'Liga a pessoa da sessão ao cadastro convidado e devolve o paciente; NULL se o convite não vale mais.';

GRANT EXECUTE ON FUNCTION core.accept_invitation(bytea) TO korevitta_app;

CREATE TYPE core.consent_purpose AS ENUM ('health_data', 'progress_photos', 'marketing');
COMMENT ON TYPE core.consent_purpose IS 'Finalidade do tratamento: dados de saúde, fotos de evolução ou divulgação.';

CREATE TABLE core.consents (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    purpose core.consent_purpose NOT NULL,
    document_version text NOT NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT consents_pkey PRIMARY KEY (id),
    CONSTRAINT consents_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT consents_document_version_check CHECK (char_length(document_version) BETWEEN 1 AND 40),
    CONSTRAINT consents_revoked_at_check CHECK (revoked_at >= granted_at)
);
COMMENT ON TABLE core.consents IS
'Consentimentos do titular (LGPD, art. 8º): quem consente e revoga é o paciente; o consultório apenas consulta.';
COMMENT ON COLUMN core.consents.document_version IS 'Versão do termo apresentado.';

CREATE INDEX consents_patient_id_idx ON core.consents (patient_id, professional_id, purpose);
CREATE INDEX consents_professional_id_idx ON core.consents (professional_id);

CREATE TRIGGER consents_touch_updated_at
BEFORE UPDATE ON core.consents
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.consents FORCE ROW LEVEL SECURITY;

CREATE POLICY consents_maintenance ON core.consents
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY consents_mvp_professional_select ON core.consents
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY consents_mvp_patient_select ON core.consents
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY consents_mvp_patient_insert ON core.consents
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY consents_mvp_patient_update ON core.consents
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE ON TABLE core.consents TO korevitta_app;
