-- O que faz: versões imutáveis de um protocolo: uma fotografia do conteúdo no momento em que foi publicado.
-- Por que é seguro: só uma tabela nova; a chave estrangeira para protocol.protocols não lê linhas.
-- O rollback remove a tabela e a função do gatilho.
SET LOCAL lock_timeout = '5s';

CREATE TABLE protocol.protocol_versions (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_id uuid NOT NULL,
    version_number integer NOT NULL,
    snapshot jsonb NOT NULL,
    change_note text,
    published_by_user_id uuid,
    published_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT protocol_versions_pkey PRIMARY KEY (id),
    CONSTRAINT protocol_versions_protocol_id_version_number_key UNIQUE (protocol_id, version_number),
    CONSTRAINT protocol_versions_protocol_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_id)
    REFERENCES protocol.protocols (professional_id, patient_id, id),
    CONSTRAINT protocol_versions_published_by_user_id_fkey
    FOREIGN KEY (published_by_user_id) REFERENCES identity.users (id),
    CONSTRAINT protocol_versions_version_number_check CHECK (version_number > 0),
    CONSTRAINT protocol_versions_snapshot_check CHECK (jsonb_typeof(snapshot) = 'object'),
    CONSTRAINT protocol_versions_change_note_check CHECK (char_length(change_note) BETWEEN 1 AND 1000)
);
CREATE INDEX protocol_versions_protocol_id_idx
ON protocol.protocol_versions (protocol_id, professional_id, patient_id);
CREATE INDEX protocol_versions_professional_id_idx
ON protocol.protocol_versions (professional_id, published_at);
CREATE INDEX protocol_versions_patient_id_idx ON protocol.protocol_versions (patient_id, published_at);
CREATE INDEX protocol_versions_published_by_user_id_idx ON protocol.protocol_versions (published_by_user_id);

CREATE FUNCTION protocol.refuse_version_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Apagar só na manutenção feita pelo dono (direito de eliminação da LGPD); alterar, nunca.
    IF TG_OP = 'DELETE' AND app.maintenance_enabled() AND pg_has_role('korevitta_owner', 'MEMBER') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a versão % do protocolo % é imutável', OLD.version_number, OLD.protocol_id
        USING ERRCODE = 'restrict_violation', HINT = 'Publique uma nova versão com protocol.publish_version.';
END;
$$;

CREATE TRIGGER protocol_versions_refuse_change
BEFORE UPDATE OR DELETE ON protocol.protocol_versions
FOR EACH ROW
EXECUTE FUNCTION protocol.refuse_version_change();

ALTER TABLE protocol.protocol_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.protocol_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY protocol_versions_maintenance ON protocol.protocol_versions
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY protocol_versions_professional_select ON protocol.protocol_versions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_versions_professional_insert ON protocol.protocol_versions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_versions_patient_select ON protocol.protocol_versions
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT ON protocol.protocol_versions TO korevitta_app;

COMMENT ON FUNCTION protocol.refuse_version_change() IS 'Trigger: uma versão publicada não muda.';
COMMENT ON TABLE protocol.protocol_versions IS 'Versões publicadas de um protocolo; imutáveis.';
COMMENT ON COLUMN protocol.protocol_versions.snapshot IS 'Protocolo inteiro, no formato de protocol.protocol_snapshot.';
