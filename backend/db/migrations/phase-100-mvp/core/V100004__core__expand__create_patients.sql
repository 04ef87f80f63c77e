-- O que faz: cria os pacientes, o escopo do paciente na sessão e o limite de pacientes do plano.
-- Por que é seguro: só cria objetos novos; as chaves estrangeiras nascem com a tabela vazia.
-- O rollback remove a tabela, as funções e o tipo.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE core.patient_status AS ENUM ('invited', 'active', 'paused', 'archived');
COMMENT ON TYPE core.patient_status IS 'Situação do acompanhamento: convidado, ativo, em pausa ou arquivado.';

CREATE TABLE core.patients (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    user_id uuid,
    full_name text NOT NULL,
    email public.citext,
    phone text,
    birth_date date,
    sex app.biological_sex,
    height_cm numeric(4, 1),
    status core.patient_status NOT NULL DEFAULT 'invited',
    risk_score smallint NOT NULL DEFAULT 0,
    risk_assessed_at timestamptz,
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT patients_pkey PRIMARY KEY (id),
    CONSTRAINT patients_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT patients_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals (id),
    CONSTRAINT patients_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users (id),
    CONSTRAINT patients_full_name_check CHECK (char_length(full_name) BETWEEN 1 AND 200),
    CONSTRAINT patients_email_check CHECK (position('@' IN email::text) > 1 AND char_length(email::text) <= 254),
    CONSTRAINT patients_phone_check CHECK (char_length(phone) BETWEEN 1 AND 32),
    CONSTRAINT patients_birth_date_check CHECK (birth_date >= date '1900-01-01'),
    CONSTRAINT patients_height_cm_check CHECK (height_cm BETWEEN 30 AND 260),
    CONSTRAINT patients_risk_score_check CHECK (risk_score BETWEEN 0 AND 100),
    CONSTRAINT patients_notes_check CHECK (char_length(notes) <= 20000)
);
COMMENT ON TABLE core.patients IS
'Pacientes de um consultório. A mesma pessoa em dois consultórios são dois pacientes, ligados ao mesmo user_id.';
COMMENT ON COLUMN core.patients.user_id IS
'Pessoa que entra no sistema como este paciente; NULL até aceitar o convite.';
COMMENT ON COLUMN core.patients.risk_score IS
'Risco de abandono ou de saúde, de 0 (nenhum) a 100; trazido da última linha de core.risk_assessments.';
COMMENT ON COLUMN core.patients.notes IS 'Anotações do cadastro, do profissional.';

CREATE INDEX patients_user_id_idx ON core.patients (user_id);
CREATE UNIQUE INDEX patients_user_id_professional_id_key
ON core.patients (user_id, professional_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX patients_professional_id_email_key
ON core.patients (professional_id, email) WHERE deleted_at IS NULL;
CREATE INDEX patients_professional_id_status_idx
ON core.patients (professional_id, status, full_name) WHERE deleted_at IS NULL;

CREATE TRIGGER patients_touch_updated_at
BEFORE UPDATE ON core.patients
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.patients ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.patients FORCE ROW LEVEL SECURITY;

CREATE POLICY patients_maintenance ON core.patients
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY patients_mvp_professional_select ON core.patients
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_mvp_professional_insert ON core.patients
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_mvp_professional_update ON core.patients
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patients_mvp_patient_select ON core.patients
FOR SELECT TO korevitta_app
USING (user_id = (SELECT app.current_patient_user_id()) AND deleted_at IS NULL);

GRANT SELECT, INSERT, UPDATE ON TABLE core.patients TO korevitta_app;

CREATE FUNCTION core.current_patient_ids()
RETURNS uuid[]
LANGUAGE sql
STABLE
PARALLEL SAFE
AS $$
    SELECT coalesce(pg_catalog.array_agg(p.id), '{}')
    FROM core.patients AS p
    WHERE p.user_id = (SELECT app.current_patient_user_id()) AND p.deleted_at IS NULL;
$$;
COMMENT ON FUNCTION core.current_patient_ids() IS
'Os cadastros de paciente da pessoa da sessão; vazio para profissionais e sem contexto. As policies a chamam em um '
'subselect, que o PostgreSQL avalia uma vez por consulta e usa como condição de índice.';

CREATE FUNCTION core.current_patient_professional_ids()
RETURNS uuid[]
LANGUAGE sql
STABLE
PARALLEL SAFE
AS $$
    SELECT coalesce(pg_catalog.array_agg(p.professional_id), '{}')
    FROM core.patients AS p
    WHERE p.user_id = (SELECT app.current_patient_user_id()) AND p.deleted_at IS NULL;
$$;
COMMENT ON FUNCTION core.current_patient_professional_ids() IS
'Os consultórios que atendem a pessoa da sessão; vazio para profissionais e sem contexto.';

GRANT EXECUTE ON FUNCTION core.current_patient_ids() TO korevitta_app;
GRANT EXECUTE ON FUNCTION core.current_patient_professional_ids() TO korevitta_app;

CREATE FUNCTION core.enforce_patient_limit()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    allowed integer;
    in_use bigint;
BEGIN
    SELECT p.patient_limit INTO allowed
    FROM identity.subscriptions AS s
    INNER JOIN identity.plans AS p ON p.id = s.plan_id
    WHERE
        s.professional_id = NEW.professional_id
        AND s.status <> 'canceled'
        AND tstzrange(s.started_at, s.ended_at) @> now();
    -- Sem assinatura vigente ou com plano ilimitado não há o que contar: cobrar uma assinatura é regra da API.
    IF allowed IS NULL THEN
        RETURN NEW;
    END IF;
    -- Dois cadastros simultâneos do mesmo consultório contam um depois do outro.
    PERFORM pg_advisory_xact_lock(hashtextextended('core.patients ' || NEW.professional_id::text, 0));
    SELECT count(*) INTO in_use
    FROM core.patients AS p
    WHERE p.professional_id = NEW.professional_id AND p.deleted_at IS NULL AND p.status <> 'archived';
    IF in_use >= allowed THEN
        RAISE EXCEPTION 'patient limit of the plan reached: % of %', in_use, allowed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_plan_limit';
    END IF;
    RETURN NEW;
END;
$$;
COMMENT ON FUNCTION core.enforce_patient_limit() IS
'Recusa o paciente que passa do limite do plano vigente (23514, constraint patients_plan_limit).';

CREATE TRIGGER patients_limit_on_insert
BEFORE INSERT ON core.patients
FOR EACH ROW
WHEN (new.status <> 'archived' AND new.deleted_at IS NULL)
EXECUTE FUNCTION core.enforce_patient_limit();

CREATE TRIGGER patients_limit_on_return
BEFORE UPDATE ON core.patients
FOR EACH ROW
WHEN (
    new.status <> 'archived' AND new.deleted_at IS NULL
    AND (old.status = 'archived' OR old.deleted_at IS NOT NULL)
)
EXECUTE FUNCTION core.enforce_patient_limit();
