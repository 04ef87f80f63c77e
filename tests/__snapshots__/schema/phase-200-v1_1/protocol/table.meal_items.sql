CREATE TABLE protocol.meal_items (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    meal_id uuid NOT NULL,
    food_id uuid,
    description text NOT NULL,
    quantity_g numeric(7,1) NOT NULL,
    household_measure text,
    energy_kcal numeric(6,1),
    protein_g numeric(5,1),
    carbohydrate_g numeric(5,1),
    fat_g numeric(5,1),
    fiber_g numeric(5,1),
    "position" smallint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT meal_items_pkey PRIMARY KEY (id),
    CONSTRAINT meal_items_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 200))),
    CONSTRAINT meal_items_household_measure_check CHECK (((char_length(household_measure) >= 1) AND (char_length(household_measure) <= 80))),
    CONSTRAINT meal_items_macros_check CHECK (((energy_kcal >= (0)::numeric) AND (protein_g >= (0)::numeric) AND (carbohydrate_g >= (0)::numeric) AND (fat_g >= (0)::numeric) AND (fiber_g >= (0)::numeric))),
    CONSTRAINT meal_items_position_check CHECK (("position" > 0)),
    CONSTRAINT meal_items_quantity_g_check CHECK ((quantity_g > (0)::numeric))
);

ALTER TABLE protocol.meal_items
    ADD CONSTRAINT meal_items_food_id_fkey FOREIGN KEY (food_id) REFERENCES protocol.foods(id);

ALTER TABLE protocol.meal_items
    ADD CONSTRAINT meal_items_meal_id_fkey FOREIGN KEY (professional_id, patient_id, meal_id) REFERENCES protocol.meals(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX meal_items_food_id_idx ON protocol.meal_items USING btree (food_id);
CREATE INDEX meal_items_meal_id_idx ON protocol.meal_items USING btree (meal_id, professional_id, patient_id);
CREATE INDEX meal_items_patient_id_idx ON protocol.meal_items USING btree (patient_id);
CREATE INDEX meal_items_professional_id_idx ON protocol.meal_items USING btree (professional_id);

CREATE TRIGGER meal_items_touch_updated_at BEFORE UPDATE ON protocol.meal_items FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.meal_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.meal_items FORCE ROW LEVEL SECURITY;

CREATE POLICY meal_items_maintenance ON protocol.meal_items
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY meal_items_mvp_patient_select ON protocol.meal_items
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY meal_items_mvp_professional_delete ON protocol.meal_items
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_items_mvp_professional_insert ON protocol.meal_items
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_items_mvp_professional_select ON protocol.meal_items
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_items_mvp_professional_update ON protocol.meal_items
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_items_patient_select ON protocol.meal_items
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY meal_items_professional_delete ON protocol.meal_items
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_items_professional_insert ON protocol.meal_items
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_items_professional_select ON protocol.meal_items
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY meal_items_professional_update ON protocol.meal_items
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.meal_items OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE protocol.meal_items TO korevitta_app;

COMMENT ON TABLE protocol.meal_items IS 'Itens de uma refeição. Macronutrientes da porção, copiados ao prescrever: o catálogo muda, a prescrição não.';
COMMENT ON COLUMN protocol.meal_items.food_id IS 'Alimento do catálogo; NULL em um item livre.';
