-- O que faz: cria o catálogo de exercícios, com a mesma busca do catálogo de alimentos.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove a tabela e os tipos.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE protocol.muscle_group AS ENUM (
    'chest',
    'back',
    'shoulders',
    'biceps',
    'triceps',
    'forearms',
    'core',
    'glutes',
    'quadriceps',
    'hamstrings',
    'calves',
    'full_body',
    'cardiorespiratory'
);
CREATE TYPE protocol.equipment AS ENUM (
    'bodyweight',
    'barbell',
    'dumbbell',
    'kettlebell',
    'machine',
    'cable',
    'band',
    'cardio_machine',
    'other'
);
COMMENT ON TYPE protocol.muscle_group IS 'Grupo muscular principal do exercício.';
COMMENT ON TYPE protocol.equipment IS 'Equipamento necessário.';

CREATE TABLE protocol.exercises (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    slug text NOT NULL,
    name text NOT NULL,
    muscle_group protocol.muscle_group NOT NULL,
    equipment protocol.equipment NOT NULL,
    instructions text,
    video_url text,
    search_vector tsvector NOT NULL
    GENERATED ALWAYS AS (to_tsvector('pg_catalog.portuguese', app.search_text(name))) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT exercises_pkey PRIMARY KEY (id),
    CONSTRAINT exercises_slug_key UNIQUE (slug),
    CONSTRAINT exercises_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT exercises_name_check CHECK (char_length(name) BETWEEN 1 AND 160),
    CONSTRAINT exercises_instructions_check CHECK (char_length(instructions) BETWEEN 1 AND 4000),
    CONSTRAINT exercises_video_url_check CHECK (char_length(video_url) BETWEEN 1 AND 2000)
);
COMMENT ON TABLE protocol.exercises IS 'Exercícios, mantidos por seed. Sem dados de consultórios: sem RLS, só leitura.';

CREATE INDEX exercises_muscle_group_idx ON protocol.exercises (muscle_group, name);
CREATE INDEX exercises_search_vector_idx ON protocol.exercises USING gin (search_vector);
CREATE INDEX exercises_name_trgm_idx ON protocol.exercises USING gin (app.search_text(name) public.gin_trgm_ops);

CREATE TRIGGER exercises_touch_updated_at
BEFORE UPDATE ON protocol.exercises
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

GRANT SELECT ON TABLE protocol.exercises TO korevitta_app, korevitta_readonly;
