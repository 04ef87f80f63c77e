-- O que faz: suplementação: os produtos que o consultório prescreve, os planos e as doses de cada plano.
-- Por que é seguro: só tabelas novas. O rollback remove as tabelas e o tipo.
SET LOCAL lock_timeout = '5s';

CREATE TYPE supplementation.dose_unit AS ENUM ('mcg', 'mg', 'g', 'ml', 'iu', 'unit');

CREATE TABLE supplementation.supplements (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    name text NOT NULL,
    brand text,
    presentation text,
    dose_unit supplementation.dose_unit NOT NULL,
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT supplements_pkey PRIMARY KEY (id),
    CONSTRAINT supplements_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT supplements_professional_id_fkey
    FOREIGN KEY (professional_id) REFERENCES identity.professionals (id),
    CONSTRAINT supplements_name_check CHECK (char_length(name) BETWEEN 1 AND 160),
    CONSTRAINT supplements_brand_check CHECK (char_length(brand) BETWEEN 1 AND 120),
    CONSTRAINT supplements_presentation_check CHECK (char_length(presentation) BETWEEN 1 AND 120),
    CONSTRAINT supplements_notes_check CHECK (char_length(notes) BETWEEN 1 AND 4000)
);
CREATE INDEX supplements_name_idx ON supplementation.supplements (professional_id, name)
WHERE deleted_at IS NULL;

CREATE TABLE supplementation.plans (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid NOT NULL,
    title text NOT NULL,
    notes text,
    starts_on date,
    ends_on date,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT plans_pkey PRIMARY KEY (id),
    CONSTRAINT plans_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT plans_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT plans_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id)
    REFERENCES protocol.protocol_modules (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT plans_title_check CHECK (char_length(title) BETWEEN 1 AND 160),
    CONSTRAINT plans_notes_check CHECK (char_length(notes) BETWEEN 1 AND 4000),
    CONSTRAINT plans_ends_on_check CHECK (ends_on >= starts_on)
);
CREATE INDEX plans_patient_id_idx ON supplementation.plans (patient_id);
CREATE INDEX plans_protocol_module_id_idx
ON supplementation.plans (protocol_module_id, professional_id, patient_id);

CREATE TABLE supplementation.plan_items (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    supplement_id uuid,
    name text NOT NULL,
    dose numeric(9, 3) NOT NULL,
    dose_unit supplementation.dose_unit NOT NULL,
    times_per_day smallint NOT NULL DEFAULT 1,
    timing text,
    instructions text,
    position smallint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT plan_items_pkey PRIMARY KEY (id),
    CONSTRAINT plan_items_plan_id_fkey FOREIGN KEY (professional_id, patient_id, plan_id)
    REFERENCES supplementation.plans (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT plan_items_supplement_id_fkey FOREIGN KEY (professional_id, supplement_id)
    REFERENCES supplementation.supplements (professional_id, id),
    CONSTRAINT plan_items_name_check CHECK (char_length(name) BETWEEN 1 AND 160),
    CONSTRAINT plan_items_dose_check CHECK (dose > 0),
    CONSTRAINT plan_items_times_per_day_check CHECK (times_per_day BETWEEN 1 AND 24),
    CONSTRAINT plan_items_timing_check CHECK (char_length(timing) BETWEEN 1 AND 160),
    CONSTRAINT plan_items_instructions_check CHECK (char_length(instructions) BETWEEN 1 AND 2000),
    CONSTRAINT plan_items_position_check CHECK (position BETWEEN 1 AND 1000)
);
CREATE INDEX plan_items_plan_id_idx ON supplementation.plan_items (plan_id, professional_id, patient_id);
CREATE INDEX plan_items_supplement_id_idx ON supplementation.plan_items (professional_id, supplement_id);
CREATE INDEX plan_items_patient_id_idx ON supplementation.plan_items (patient_id);

CREATE TRIGGER supplements_touch_updated_at
BEFORE UPDATE ON supplementation.supplements
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER plans_touch_updated_at
BEFORE UPDATE ON supplementation.plans
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER plan_items_touch_updated_at
BEFORE UPDATE ON supplementation.plan_items
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE supplementation.supplements ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplementation.supplements FORCE ROW LEVEL SECURITY;
CREATE POLICY supplements_maintenance ON supplementation.supplements
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY supplements_professional_select ON supplementation.supplements
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY supplements_professional_insert ON supplementation.supplements
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY supplements_professional_update ON supplementation.supplements
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
GRANT SELECT, INSERT, UPDATE ON supplementation.supplements TO korevitta_app;
ALTER TABLE supplementation.plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplementation.plans FORCE ROW LEVEL SECURITY;
CREATE POLICY plans_maintenance ON supplementation.plans
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY plans_professional_select ON supplementation.plans
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plans_professional_insert ON supplementation.plans
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plans_professional_update ON supplementation.plans
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plans_patient_select ON supplementation.plans
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON supplementation.plans TO korevitta_app;
ALTER TABLE supplementation.plan_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplementation.plan_items FORCE ROW LEVEL SECURITY;
CREATE POLICY plan_items_maintenance ON supplementation.plan_items
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY plan_items_professional_select ON supplementation.plan_items
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plan_items_professional_insert ON supplementation.plan_items
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plan_items_professional_update ON supplementation.plan_items
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plan_items_professional_delete ON supplementation.plan_items
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY plan_items_patient_select ON supplementation.plan_items
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON supplementation.plan_items TO korevitta_app;

COMMENT ON TYPE supplementation.dose_unit IS
'Unidade de uma dose: massa, volume, unidades internacionais ou unidades (cápsulas).';
COMMENT ON TABLE supplementation.supplements IS 'Produtos que o consultório prescreve; só o consultório os vê.';
COMMENT ON TABLE supplementation.plans IS 'Plano de suplementação de um módulo do protocolo.';
COMMENT ON TABLE supplementation.plan_items IS
'Doses de um plano; o nome é copiado, para o paciente ler sem ver o catálogo.';
COMMENT ON COLUMN supplementation.plan_items.dose IS 'Quantidade por tomada, na unidade de dose_unit.';
