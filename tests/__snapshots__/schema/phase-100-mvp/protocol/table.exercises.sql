CREATE TABLE protocol.exercises (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    muscle_group protocol.muscle_group NOT NULL,
    equipment protocol.equipment NOT NULL,
    instructions text,
    video_url text,
    search_vector tsvector GENERATED ALWAYS AS (to_tsvector('portuguese'::regconfig, app.search_text(name))) STORED NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT exercises_pkey PRIMARY KEY (id),
    CONSTRAINT exercises_slug_key UNIQUE (slug),
    CONSTRAINT exercises_instructions_check CHECK (((char_length(instructions) >= 1) AND (char_length(instructions) <= 4000))),
    CONSTRAINT exercises_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 160))),
    CONSTRAINT exercises_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT exercises_video_url_check CHECK (((char_length(video_url) >= 1) AND (char_length(video_url) <= 2000)))
);

CREATE INDEX exercises_muscle_group_idx ON protocol.exercises USING btree (muscle_group, name);
CREATE INDEX exercises_name_trgm_idx ON protocol.exercises USING gin (app.search_text(name) public.gin_trgm_ops);
CREATE INDEX exercises_search_vector_idx ON protocol.exercises USING gin (search_vector);

CREATE TRIGGER exercises_touch_updated_at BEFORE UPDATE ON protocol.exercises FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.exercises OWNER TO korevitta_owner;

GRANT SELECT ON TABLE protocol.exercises TO korevitta_app;
GRANT SELECT ON TABLE protocol.exercises TO korevitta_readonly;

COMMENT ON TABLE protocol.exercises IS 'Exercícios, mantidos por seed. Sem dados de consultórios: sem RLS, só leitura.';
