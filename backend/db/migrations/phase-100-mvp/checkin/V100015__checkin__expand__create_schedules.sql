-- O que faz: cria as agendas de check-in, com a cadência de cada paciente.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove a tabela e o tipo.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE checkin.cadence AS ENUM ('daily', 'weekly', 'biweekly', 'monthly');
COMMENT ON TYPE checkin.cadence IS 'De quanto em quanto tempo o paciente responde: dia, semana, quinzena ou mês.';

CREATE TABLE checkin.schedules (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    form_id uuid NOT NULL,
    cadence checkin.cadence NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    next_due_at timestamptz NOT NULL,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT schedules_pkey PRIMARY KEY (id),
    CONSTRAINT schedules_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT schedules_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT schedules_form_id_fkey FOREIGN KEY (professional_id, form_id)
    REFERENCES checkin.forms (professional_id, id),
    CONSTRAINT schedules_ends_on_check CHECK (ends_on >= starts_on)
);
COMMENT ON TABLE checkin.schedules IS 'Agendas de check-in: qual formulário, com que cadência e quando é o próximo.';

CREATE INDEX schedules_patient_id_idx ON checkin.schedules (patient_id);
CREATE INDEX schedules_form_id_idx ON checkin.schedules (form_id, professional_id);
CREATE INDEX schedules_next_due_at_idx
ON checkin.schedules (professional_id, next_due_at) WHERE is_active AND deleted_at IS NULL;

CREATE TRIGGER schedules_touch_updated_at
BEFORE UPDATE ON checkin.schedules
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.schedules ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.schedules FORCE ROW LEVEL SECURITY;

CREATE POLICY schedules_maintenance ON checkin.schedules
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY schedules_mvp_professional_select ON checkin.schedules
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_mvp_professional_insert ON checkin.schedules
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_mvp_professional_update ON checkin.schedules
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY schedules_mvp_patient_select ON checkin.schedules
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE ON TABLE checkin.schedules TO korevitta_app;
