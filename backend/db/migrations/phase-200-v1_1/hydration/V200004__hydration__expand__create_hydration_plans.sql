-- O que faz: planos de hidratação: a meta diária de água de um paciente, com ou sem protocolo.
-- Por que é seguro: só uma tabela nova. O rollback remove a tabela.
SET LOCAL lock_timeout = '5s';

CREATE TABLE hydration.plans (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid,
    daily_target_ml integer NOT NULL,
    reminder_interval_minutes smallint,
    instructions text,
    starts_on date NOT NULL DEFAULT current_date,
    ends_on date,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT plans_pkey PRIMARY KEY (id),
    CONSTRAINT plans_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT plans_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id)
    REFERENCES protocol.protocol_modules (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT plans_daily_target_ml_check CHECK (daily_target_ml BETWEEN 250 AND 15000),
    CONSTRAINT plans_reminder_interval_minutes_check CHECK (reminder_interval_minutes BETWEEN 15 AND 720),
    CONSTRAINT plans_instructions_check CHECK (char_length(instructions) BETWEEN 1 AND 2000),
    CONSTRAINT plans_ends_on_check CHECK (ends_on >= starts_on)
);
CREATE INDEX plans_professional_id_idx ON hydration.plans (professional_id, patient_id, starts_on);
CREATE INDEX plans_patient_id_idx ON hydration.plans (patient_id);
CREATE INDEX plans_protocol_module_id_idx ON hydration.plans (protocol_module_id, professional_id, patient_id);

CREATE TRIGGER plans_touch_updated_at
BEFORE UPDATE ON hydration.plans
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE hydration.plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.plans FORCE ROW LEVEL SECURITY;
CREATE POLICY plans_maintenance ON hydration.plans
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY plans_professional_select ON hydration.plans
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plans_professional_insert ON hydration.plans
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plans_professional_update ON hydration.plans
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plans_patient_select ON hydration.plans
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON hydration.plans TO korevitta_app;

COMMENT ON TABLE hydration.plans IS 'Meta diária de água de um paciente.';
