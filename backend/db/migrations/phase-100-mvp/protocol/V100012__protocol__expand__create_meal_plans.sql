-- O que faz: cria planos alimentares, refeições e itens de refeição com macronutrientes.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove as três tabelas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE protocol.meal_plans (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid NOT NULL,
    title text NOT NULL,
    notes text,
    energy_kcal_target numeric(6, 1),
    protein_g_target numeric(5, 1),
    carbohydrate_g_target numeric(5, 1),
    fat_g_target numeric(5, 1),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT meal_plans_pkey PRIMARY KEY (id),
    CONSTRAINT meal_plans_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT meal_plans_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT meal_plans_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id)
    REFERENCES protocol.protocol_modules (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT meal_plans_title_check CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT meal_plans_notes_check CHECK (char_length(notes) BETWEEN 1 AND 20000),
    CONSTRAINT meal_plans_energy_kcal_target_check CHECK (energy_kcal_target > 0),
    CONSTRAINT meal_plans_macros_target_check
    CHECK (protein_g_target >= 0 AND carbohydrate_g_target >= 0 AND fat_g_target >= 0)
);
COMMENT ON TABLE protocol.meal_plans IS 'Planos alimentares de um módulo de nutrição, com as metas do dia.';

CREATE INDEX meal_plans_protocol_module_id_idx
ON protocol.meal_plans (protocol_module_id, professional_id, patient_id);
CREATE INDEX meal_plans_patient_id_idx ON protocol.meal_plans (patient_id);

CREATE TRIGGER meal_plans_touch_updated_at
BEFORE UPDATE ON protocol.meal_plans
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.meal_plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.meal_plans FORCE ROW LEVEL SECURITY;

CREATE POLICY meal_plans_maintenance ON protocol.meal_plans
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY meal_plans_mvp_professional_select ON protocol.meal_plans
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_mvp_professional_insert ON protocol.meal_plans
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_mvp_professional_update ON protocol.meal_plans
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_mvp_professional_delete ON protocol.meal_plans
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_plans_mvp_patient_select ON protocol.meal_plans
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE protocol.meal_plans TO korevitta_app;

CREATE TABLE protocol.meals (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    meal_plan_id uuid NOT NULL,
    name text NOT NULL,
    scheduled_time time,
    notes text,
    position smallint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT meals_pkey PRIMARY KEY (id),
    CONSTRAINT meals_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT meals_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT meals_meal_plan_id_fkey FOREIGN KEY (professional_id, patient_id, meal_plan_id)
    REFERENCES protocol.meal_plans (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT meals_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT meals_notes_check CHECK (char_length(notes) BETWEEN 1 AND 4000),
    CONSTRAINT meals_position_check CHECK (position > 0)
);
COMMENT ON TABLE protocol.meals IS 'Refeições de um plano alimentar, no horário local do paciente.';

CREATE INDEX meals_meal_plan_id_idx ON protocol.meals (meal_plan_id, professional_id, patient_id);
CREATE INDEX meals_patient_id_idx ON protocol.meals (patient_id);

CREATE TRIGGER meals_touch_updated_at
BEFORE UPDATE ON protocol.meals
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.meals ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.meals FORCE ROW LEVEL SECURITY;

CREATE POLICY meals_maintenance ON protocol.meals
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY meals_mvp_professional_select ON protocol.meals
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_mvp_professional_insert ON protocol.meals
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_mvp_professional_update ON protocol.meals
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_mvp_professional_delete ON protocol.meals
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meals_mvp_patient_select ON protocol.meals
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE protocol.meals TO korevitta_app;

CREATE TABLE protocol.meal_items (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    meal_id uuid NOT NULL,
    food_id uuid,
    description text NOT NULL,
    quantity_g numeric(7, 1) NOT NULL,
    household_measure text,
    energy_kcal numeric(6, 1),
    protein_g numeric(5, 1),
    carbohydrate_g numeric(5, 1),
    fat_g numeric(5, 1),
    fiber_g numeric(5, 1),
    position smallint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT meal_items_pkey PRIMARY KEY (id),
    CONSTRAINT meal_items_meal_id_fkey FOREIGN KEY (professional_id, patient_id, meal_id)
    REFERENCES protocol.meals (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT meal_items_food_id_fkey FOREIGN KEY (food_id) REFERENCES protocol.foods (id),
    CONSTRAINT meal_items_description_check CHECK (char_length(description) BETWEEN 1 AND 200),
    CONSTRAINT meal_items_quantity_g_check CHECK (quantity_g > 0),
    CONSTRAINT meal_items_household_measure_check CHECK (char_length(household_measure) BETWEEN 1 AND 80),
    CONSTRAINT meal_items_macros_check
    CHECK (energy_kcal >= 0 AND protein_g >= 0 AND carbohydrate_g >= 0 AND fat_g >= 0 AND fiber_g >= 0),
    CONSTRAINT meal_items_position_check CHECK (position > 0)
);
COMMENT ON TABLE protocol.meal_items IS
'Itens de uma refeição. Macronutrientes da porção, copiados ao prescrever: o catálogo muda, a prescrição não.';
COMMENT ON COLUMN protocol.meal_items.food_id IS 'Alimento do catálogo; NULL em um item livre.';

CREATE INDEX meal_items_meal_id_idx ON protocol.meal_items (meal_id, professional_id, patient_id);
CREATE INDEX meal_items_food_id_idx ON protocol.meal_items (food_id);
CREATE INDEX meal_items_professional_id_idx ON protocol.meal_items (professional_id);
CREATE INDEX meal_items_patient_id_idx ON protocol.meal_items (patient_id);

CREATE TRIGGER meal_items_touch_updated_at
BEFORE UPDATE ON protocol.meal_items
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.meal_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.meal_items FORCE ROW LEVEL SECURITY;

CREATE POLICY meal_items_maintenance ON protocol.meal_items
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY meal_items_mvp_professional_select ON protocol.meal_items
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_mvp_professional_insert ON protocol.meal_items
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_mvp_professional_update ON protocol.meal_items
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_mvp_professional_delete ON protocol.meal_items
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY meal_items_mvp_patient_select ON protocol.meal_items
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE protocol.meal_items TO korevitta_app;
