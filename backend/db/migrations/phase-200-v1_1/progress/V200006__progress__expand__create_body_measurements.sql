-- O que faz: medidas corporais por local: circunferências (cm), dobras cutâneas (mm) e peso (kg). O local é um
-- catálogo (cresce por seeds) e traz a unidade: a chave estrangeira composta impede uma dobra em centímetros.
-- Por que é seguro: só tabelas novas. O rollback remove as tabelas e os tipos.
SET LOCAL lock_timeout = '5s';

CREATE TYPE progress.measurement_kind AS ENUM ('weight', 'circumference', 'skinfold');
CREATE TYPE progress.measurement_unit AS ENUM ('kg', 'cm', 'mm');

CREATE TABLE progress.body_sites (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    slug text NOT NULL,
    name text NOT NULL,
    kind progress.measurement_kind NOT NULL,
    unit progress.measurement_unit NOT NULL,
    sort_order smallint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT body_sites_pkey PRIMARY KEY (id),
    CONSTRAINT body_sites_slug_key UNIQUE (slug),
    CONSTRAINT body_sites_id_unit_key UNIQUE (id, unit),
    CONSTRAINT body_sites_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT body_sites_name_check CHECK (char_length(name) BETWEEN 1 AND 120)
);

CREATE TABLE progress.body_measurements (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    body_site_id uuid NOT NULL,
    measured_at timestamptz NOT NULL DEFAULT now(),
    measured_value numeric(7, 2) NOT NULL,
    unit progress.measurement_unit NOT NULL,
    recorded_by app.actor_kind NOT NULL DEFAULT 'professional',
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT body_measurements_pkey PRIMARY KEY (id),
    CONSTRAINT body_measurements_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT body_measurements_body_site_id_fkey FOREIGN KEY (body_site_id, unit)
    REFERENCES progress.body_sites (id, unit),
    CONSTRAINT body_measurements_measured_value_check CHECK (measured_value > 0),
    CONSTRAINT body_measurements_notes_check CHECK (char_length(notes) BETWEEN 1 AND 2000)
);
CREATE INDEX body_measurements_patient_id_idx
ON progress.body_measurements (patient_id, professional_id, body_site_id, measured_at);
CREATE INDEX body_measurements_professional_id_idx
ON progress.body_measurements (professional_id, measured_at);
CREATE INDEX body_measurements_body_site_id_idx ON progress.body_measurements (body_site_id, unit);

CREATE TRIGGER body_sites_touch_updated_at
BEFORE UPDATE ON progress.body_sites
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER body_measurements_touch_updated_at
BEFORE UPDATE ON progress.body_measurements
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

GRANT SELECT ON progress.body_sites TO korevitta_app, korevitta_readonly;

ALTER TABLE progress.body_measurements ENABLE ROW LEVEL SECURITY;
ALTER TABLE progress.body_measurements FORCE ROW LEVEL SECURITY;
CREATE POLICY body_measurements_maintenance ON progress.body_measurements
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY body_measurements_professional_select ON progress.body_measurements
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_measurements_professional_insert ON progress.body_measurements
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_measurements_professional_update ON progress.body_measurements
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY body_measurements_patient_select ON progress.body_measurements
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY body_measurements_patient_insert ON progress.body_measurements
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON progress.body_measurements TO korevitta_app;

COMMENT ON TYPE progress.measurement_kind IS 'O que se mede: peso, circunferência ou dobra cutânea.';
COMMENT ON TYPE progress.measurement_unit IS 'Unidade de uma medida corporal.';
COMMENT ON TABLE progress.body_sites IS 'Locais do corpo que se medem, cada um com a sua unidade.';
COMMENT ON TABLE progress.body_measurements IS 'Uma medida de um paciente em um local e um instante.';
COMMENT ON COLUMN progress.body_measurements.measured_value IS 'Valor na unidade da coluna unit, que é a do local.';
