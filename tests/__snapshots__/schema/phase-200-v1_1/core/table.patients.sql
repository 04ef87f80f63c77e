CREATE TABLE core.patients (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    user_id uuid,
    full_name text NOT NULL,
    email public.citext,
    phone text,
    birth_date date,
    sex app.biological_sex,
    height_cm numeric(4,1),
    status core.patient_status DEFAULT 'invited'::core.patient_status NOT NULL,
    risk_score smallint DEFAULT 0 NOT NULL,
    risk_assessed_at timestamp with time zone,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    time_zone text DEFAULT 'America/Sao_Paulo'::text,
    CONSTRAINT patients_pkey PRIMARY KEY (id),
    CONSTRAINT patients_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT patients_birth_date_check CHECK ((birth_date >= '1900-01-01'::date)),
    CONSTRAINT patients_email_check CHECK (((POSITION(('@'::text) IN ((email)::text)) > 1) AND (char_length((email)::text) <= 254))),
    CONSTRAINT patients_full_name_check CHECK (((char_length(full_name) >= 1) AND (char_length(full_name) <= 200))),
    CONSTRAINT patients_height_cm_check CHECK (((height_cm >= (30)::numeric) AND (height_cm <= (260)::numeric))),
    CONSTRAINT patients_notes_check CHECK ((char_length(notes) <= 20000)),
    CONSTRAINT patients_phone_check CHECK (((char_length(phone) >= 1) AND (char_length(phone) <= 32))),
    CONSTRAINT patients_risk_score_check CHECK (((risk_score >= 0) AND (risk_score <= 100))),
    CONSTRAINT patients_time_zone_check CHECK (((char_length(time_zone) >= 1) AND (char_length(time_zone) <= 64))),
    CONSTRAINT patients_time_zone_present_check CHECK ((time_zone IS NOT NULL))
);

ALTER TABLE core.patients
    ADD CONSTRAINT patients_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals(id);

ALTER TABLE core.patients
    ADD CONSTRAINT patients_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id);

CREATE UNIQUE INDEX patients_professional_id_email_key ON core.patients USING btree (professional_id, email) WHERE (deleted_at IS NULL);

CREATE INDEX patients_professional_id_status_idx ON core.patients USING btree (professional_id, status, full_name) WHERE (deleted_at IS NULL);
CREATE INDEX patients_risk_score_idx ON core.patients USING btree (professional_id, risk_score DESC) WHERE ((deleted_at IS NULL) AND (status = 'active'::core.patient_status));
CREATE INDEX patients_user_id_idx ON core.patients USING btree (user_id);

CREATE UNIQUE INDEX patients_user_id_professional_id_key ON core.patients USING btree (user_id, professional_id) WHERE (deleted_at IS NULL);

CREATE TRIGGER patients_limit_on_insert BEFORE INSERT ON core.patients FOR EACH ROW WHEN (((new.status <> 'archived'::core.patient_status) AND (new.deleted_at IS NULL))) EXECUTE FUNCTION core.enforce_patient_limit();
CREATE TRIGGER patients_limit_on_return BEFORE UPDATE ON core.patients FOR EACH ROW WHEN (((new.status <> 'archived'::core.patient_status) AND (new.deleted_at IS NULL) AND ((old.status = 'archived'::core.patient_status) OR (old.deleted_at IS NOT NULL)))) EXECUTE FUNCTION core.enforce_patient_limit();
CREATE TRIGGER patients_touch_updated_at BEFORE UPDATE ON core.patients FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.patients ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.patients FORCE ROW LEVEL SECURITY;

CREATE POLICY patients_maintenance ON core.patients
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY patients_mvp_patient_select ON core.patients
    FOR SELECT TO korevitta_app
    USING ((user_id = ( SELECT app.current_patient_user_id() AS current_patient_user_id)) AND (deleted_at IS NULL));

CREATE POLICY patients_mvp_professional_insert ON core.patients
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patients_mvp_professional_select ON core.patients
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patients_mvp_professional_update ON core.patients
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patients_patient_select ON core.patients
    FOR SELECT TO korevitta_app
    USING ((user_id = ( SELECT app.current_patient_user_id() AS current_patient_user_id)) AND (deleted_at IS NULL));

CREATE POLICY patients_professional_insert ON core.patients
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patients_professional_select ON core.patients
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY patients_professional_update ON core.patients
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE core.patients OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE core.patients TO korevitta_app;

COMMENT ON TABLE core.patients IS 'Pacientes de um consultório. A mesma pessoa em dois consultórios são dois pacientes, ligados ao mesmo user_id.';
COMMENT ON COLUMN core.patients.user_id IS 'Pessoa que entra no sistema como este paciente; NULL até aceitar o convite.';
COMMENT ON COLUMN core.patients.risk_score IS 'Risco de abandono ou de saúde, de 0 (nenhum) a 100; trazido da última linha de core.risk_assessments.';
COMMENT ON COLUMN core.patients.notes IS 'Anotações do cadastro, do profissional.';
COMMENT ON COLUMN core.patients.time_zone IS 'Nome IANA do fuso: vale também para o paciente que não tem login.';
