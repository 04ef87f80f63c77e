-- O que faz: cria o catálogo de alimentos com busca em português, por texto completo e por trigramas.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove a função de busca e as duas tabelas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE protocol.food_groups (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    slug text NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT food_groups_pkey PRIMARY KEY (id),
    CONSTRAINT food_groups_slug_key UNIQUE (slug),
    CONSTRAINT food_groups_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT food_groups_name_check CHECK (char_length(name) BETWEEN 1 AND 80)
);
COMMENT ON TABLE protocol.food_groups IS 'Grupos de alimentos, mantidos por seed. Sem dados de consultórios: sem RLS.';

CREATE TABLE protocol.foods (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    food_group_id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    energy_kcal numeric(6, 1) NOT NULL,
    protein_g numeric(5, 1) NOT NULL,
    carbohydrate_g numeric(5, 1) NOT NULL,
    fat_g numeric(5, 1) NOT NULL,
    fiber_g numeric(5, 1),
    sodium_mg numeric(7, 1),
    serving_name text,
    serving_g numeric(6, 1),
    search_vector tsvector NOT NULL
    GENERATED ALWAYS AS (to_tsvector('pg_catalog.portuguese', app.search_text(name))) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT foods_pkey PRIMARY KEY (id),
    CONSTRAINT foods_slug_key UNIQUE (slug),
    CONSTRAINT foods_food_group_id_fkey FOREIGN KEY (food_group_id) REFERENCES protocol.food_groups (id),
    CONSTRAINT foods_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT foods_name_check CHECK (char_length(name) BETWEEN 1 AND 160),
    CONSTRAINT foods_energy_kcal_check CHECK (energy_kcal BETWEEN 0 AND 900),
    CONSTRAINT foods_macros_check CHECK (
        protein_g >= 0 AND carbohydrate_g >= 0 AND fat_g >= 0
        AND protein_g + carbohydrate_g + fat_g <= 105
    ),
    CONSTRAINT foods_fiber_g_check CHECK (fiber_g >= 0),
    CONSTRAINT foods_sodium_mg_check CHECK (sodium_mg >= 0),
    CONSTRAINT foods_serving_check CHECK ((serving_name IS NULL) = (serving_g IS NULL) AND serving_g > 0)
);
COMMENT ON TABLE protocol.foods IS 'Alimentos por 100 g de parte comestível, mantidos por seed. Sem RLS, só leitura.';
COMMENT ON COLUMN protocol.foods.serving_name IS 'Medida caseira de referência, como colher de sopa.';
COMMENT ON COLUMN protocol.foods.serving_g IS 'Peso da medida caseira, em gramas.';
COMMENT ON COLUMN protocol.foods.search_vector IS 'Busca por texto completo em português, sem acentos.';

CREATE INDEX foods_food_group_id_idx ON protocol.foods (food_group_id);
CREATE INDEX foods_search_vector_idx ON protocol.foods USING gin (search_vector);
CREATE INDEX foods_name_trgm_idx ON protocol.foods USING gin (app.search_text(name) public.gin_trgm_ops);

CREATE TRIGGER food_groups_touch_updated_at
BEFORE UPDATE ON protocol.food_groups
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

CREATE TRIGGER foods_touch_updated_at
BEFORE UPDATE ON protocol.foods
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

GRANT SELECT ON TABLE protocol.food_groups, protocol.foods TO korevitta_app, korevitta_readonly;

CREATE FUNCTION protocol.search_foods(query text, max_results integer DEFAULT 20)
RETURNS TABLE (food_id uuid, name text, energy_kcal numeric, score real)
LANGUAGE sql
STABLE
PARALLEL SAFE
AS $$
    SELECT
        f.id,
        f.name,
        f.energy_kcal,
        pg_catalog.ts_rank(f.search_vector, wanted.ts_query)
        + public.word_similarity(wanted.plain, app.search_text(f.name)) AS score
    FROM (
        SELECT
            app.search_text(query) AS plain,
            pg_catalog.websearch_to_tsquery('pg_catalog.portuguese', app.search_text(query)) AS ts_query
    ) AS wanted
    INNER JOIN protocol.foods AS f
        ON
            f.search_vector @@ wanted.ts_query
            OR wanted.plain OPERATOR(public.<%) app.search_text(f.name)
    ORDER BY score DESC, f.name
    LIMIT max_results;
$$;
COMMENT ON FUNCTION protocol.search_foods(text, integer) IS
'Busca alimentos por palavras (texto completo) e por semelhança (trigramas): acha também com erro de digitação.';

GRANT EXECUTE ON FUNCTION protocol.search_foods(text, integer) TO korevitta_app;
