CREATE TABLE core.risk_assessments (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    score smallint NOT NULL,
    factors jsonb DEFAULT '{}'::jsonb NOT NULL,
    assessed_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT risk_assessments_pkey PRIMARY KEY (id),
    CONSTRAINT risk_assessments_factors_check CHECK ((jsonb_typeof(factors) = 'object'::text)),
    CONSTRAINT risk_assessments_score_check CHECK (((score >= 0) AND (score <= 100)))
);

ALTER TABLE core.risk_assessments
    ADD CONSTRAINT risk_assessments_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX risk_assessments_patient_id_idx ON core.risk_assessments USING btree (patient_id, professional_id, assessed_at);
CREATE INDEX risk_assessments_professional_id_idx ON core.risk_assessments USING btree (professional_id, assessed_at);

CREATE TRIGGER risk_assessments_carry_score AFTER INSERT ON core.risk_assessments FOR EACH ROW EXECUTE FUNCTION core.carry_risk_score();
CREATE TRIGGER risk_assessments_touch_updated_at BEFORE UPDATE ON core.risk_assessments FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.risk_assessments ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.risk_assessments FORCE ROW LEVEL SECURITY;

CREATE POLICY risk_assessments_maintenance ON core.risk_assessments
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY risk_assessments_mvp_professional_insert ON core.risk_assessments
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY risk_assessments_mvp_professional_select ON core.risk_assessments
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY risk_assessments_professional_insert ON core.risk_assessments
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY risk_assessments_professional_select ON core.risk_assessments
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE core.risk_assessments OWNER TO korevitta_owner;

GRANT INSERT, SELECT ON TABLE core.risk_assessments TO korevitta_app;

COMMENT ON TABLE core.risk_assessments IS 'Histórico da pontuação de risco. O paciente não a lê.';
COMMENT ON COLUMN core.risk_assessments.factors IS 'O que pesou na pontuação, como o modelo o descreveu.';
