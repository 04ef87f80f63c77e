CREATE TABLE protocol.foods (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    food_group_id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    energy_kcal numeric(6,1) NOT NULL,
    protein_g numeric(5,1) NOT NULL,
    carbohydrate_g numeric(5,1) NOT NULL,
    fat_g numeric(5,1) NOT NULL,
    fiber_g numeric(5,1),
    sodium_mg numeric(7,1),
    serving_name text,
    serving_g numeric(6,1),
    search_vector tsvector GENERATED ALWAYS AS (to_tsvector('portuguese'::regconfig, app.search_text(name))) STORED NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT foods_pkey PRIMARY KEY (id),
    CONSTRAINT foods_slug_key UNIQUE (slug),
    CONSTRAINT foods_energy_kcal_check CHECK (((energy_kcal >= (0)::numeric) AND (energy_kcal <= (900)::numeric))),
    CONSTRAINT foods_fiber_g_check CHECK ((fiber_g >= (0)::numeric)),
    CONSTRAINT foods_macros_check CHECK (((protein_g >= (0)::numeric) AND (carbohydrate_g >= (0)::numeric) AND (fat_g >= (0)::numeric) AND (((protein_g + carbohydrate_g) + fat_g) <= (105)::numeric))),
    CONSTRAINT foods_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 160))),
    CONSTRAINT foods_serving_check CHECK ((((serving_name IS NULL) = (serving_g IS NULL)) AND (serving_g > (0)::numeric))),
    CONSTRAINT foods_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT foods_sodium_mg_check CHECK ((sodium_mg >= (0)::numeric))
);

ALTER TABLE protocol.foods
    ADD CONSTRAINT foods_food_group_id_fkey FOREIGN KEY (food_group_id) REFERENCES protocol.food_groups(id);

CREATE INDEX foods_food_group_id_idx ON protocol.foods USING btree (food_group_id);
CREATE INDEX foods_name_trgm_idx ON protocol.foods USING gin (app.search_text(name) public.gin_trgm_ops);
CREATE INDEX foods_search_vector_idx ON protocol.foods USING gin (search_vector);

CREATE TRIGGER foods_touch_updated_at BEFORE UPDATE ON protocol.foods FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.foods OWNER TO korevitta_owner;

GRANT SELECT ON TABLE protocol.foods TO korevitta_app;
GRANT SELECT ON TABLE protocol.foods TO korevitta_readonly;

COMMENT ON TABLE protocol.foods IS 'Alimentos por 100 g de parte comestível, mantidos por seed. Sem RLS, só leitura.';
COMMENT ON COLUMN protocol.foods.serving_name IS 'Medida caseira de referência, como colher de sopa.';
COMMENT ON COLUMN protocol.foods.serving_g IS 'Peso da medida caseira, em gramas.';
COMMENT ON COLUMN protocol.foods.search_vector IS 'Busca por texto completo em português, sem acentos.';
