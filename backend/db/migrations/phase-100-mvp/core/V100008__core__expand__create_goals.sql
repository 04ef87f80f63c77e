-- O que faz: cria as metas dos pacientes e o histórico de avaliações de risco, cuja última vale no cadastro.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove as tabelas, a função e o tipo; a última pontuação continua no cadastro do paciente.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE core.goal_status AS ENUM ('active', 'achieved', 'abandoned');
COMMENT ON TYPE core.goal_status IS 'Situação da meta: em andamento, alcançada ou abandonada.';

CREATE TABLE core.goals (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    title text NOT NULL,
    unit text,
    start_value numeric(10, 2),
    target_value numeric(10, 2),
    starts_on date NOT NULL,
    target_on date,
    status core.goal_status NOT NULL DEFAULT 'active',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT goals_pkey PRIMARY KEY (id),
    CONSTRAINT goals_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT goals_title_check CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT goals_unit_check CHECK (char_length(unit) BETWEEN 1 AND 20),
    CONSTRAINT goals_unit_target_value_check CHECK (target_value IS NULL OR unit IS NOT NULL),
    CONSTRAINT goals_target_on_check CHECK (target_on >= starts_on)
);
COMMENT ON TABLE core.goals IS 'Metas combinadas com o paciente; com valor-alvo, a unidade é obrigatória.';

CREATE INDEX goals_patient_id_idx ON core.goals (patient_id, professional_id);
CREATE INDEX goals_professional_id_idx ON core.goals (professional_id, status);

CREATE TRIGGER goals_touch_updated_at
BEFORE UPDATE ON core.goals
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.goals ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.goals FORCE ROW LEVEL SECURITY;

CREATE POLICY goals_maintenance ON core.goals
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY goals_mvp_professional_select ON core.goals
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_mvp_professional_insert ON core.goals
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_mvp_professional_update ON core.goals
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY goals_mvp_patient_select ON core.goals
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE ON TABLE core.goals TO korevitta_app;

CREATE TABLE core.risk_assessments (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    score smallint NOT NULL,
    factors jsonb NOT NULL DEFAULT '{}',
    assessed_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT risk_assessments_pkey PRIMARY KEY (id),
    CONSTRAINT risk_assessments_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT risk_assessments_score_check CHECK (score BETWEEN 0 AND 100),
    CONSTRAINT risk_assessments_factors_check CHECK (jsonb_typeof(factors) = 'object')
);
COMMENT ON TABLE core.risk_assessments IS 'Histórico da pontuação de risco. O paciente não a lê.';
COMMENT ON COLUMN core.risk_assessments.factors IS 'O que pesou na pontuação, como o modelo o descreveu.';

CREATE INDEX risk_assessments_patient_id_idx ON core.risk_assessments (patient_id, professional_id, assessed_at);
CREATE INDEX risk_assessments_professional_id_idx ON core.risk_assessments (professional_id, assessed_at);

CREATE TRIGGER risk_assessments_touch_updated_at
BEFORE UPDATE ON core.risk_assessments
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.risk_assessments ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.risk_assessments FORCE ROW LEVEL SECURITY;

CREATE POLICY risk_assessments_maintenance ON core.risk_assessments
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY risk_assessments_mvp_professional_select ON core.risk_assessments
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY risk_assessments_mvp_professional_insert ON core.risk_assessments
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));

GRANT SELECT, INSERT ON TABLE core.risk_assessments TO korevitta_app;

CREATE FUNCTION core.carry_risk_score()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE core.patients AS p
    SET
        risk_score = NEW.score,
        risk_assessed_at = NEW.assessed_at
    WHERE
        p.professional_id = NEW.professional_id
        AND p.id = NEW.patient_id
        AND (p.risk_assessed_at IS NULL OR p.risk_assessed_at <= NEW.assessed_at);
    RETURN NULL;
END;
$$;
COMMENT ON FUNCTION core.carry_risk_score() IS
'Leva a avaliação ao cadastro do paciente, se for a mais recente: a lista do consultório ordena por ela.';

CREATE TRIGGER risk_assessments_carry_score
AFTER INSERT ON core.risk_assessments
FOR EACH ROW EXECUTE FUNCTION core.carry_risk_score();
