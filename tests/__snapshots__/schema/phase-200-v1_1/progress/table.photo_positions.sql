CREATE TABLE progress.photo_positions (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    instructions text,
    sort_order smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT photo_positions_pkey PRIMARY KEY (id),
    CONSTRAINT photo_positions_slug_key UNIQUE (slug),
    CONSTRAINT photo_positions_instructions_check CHECK (((char_length(instructions) >= 1) AND (char_length(instructions) <= 1000))),
    CONSTRAINT photo_positions_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT photo_positions_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

CREATE TRIGGER photo_positions_touch_updated_at BEFORE UPDATE ON progress.photo_positions FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE progress.photo_positions OWNER TO korevitta_owner;

GRANT SELECT ON TABLE progress.photo_positions TO korevitta_app;
GRANT SELECT ON TABLE progress.photo_positions TO korevitta_readonly;

COMMENT ON TABLE progress.photo_positions IS 'Posições em que as fotos são tiradas, para comparar iguais com iguais.';
