CREATE TABLE protocol.food_groups (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT food_groups_pkey PRIMARY KEY (id),
    CONSTRAINT food_groups_slug_key UNIQUE (slug),
    CONSTRAINT food_groups_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
    CONSTRAINT food_groups_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

CREATE TRIGGER food_groups_touch_updated_at BEFORE UPDATE ON protocol.food_groups FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.food_groups OWNER TO korevitta_owner;

GRANT SELECT ON TABLE protocol.food_groups TO korevitta_app;
GRANT SELECT ON TABLE protocol.food_groups TO korevitta_readonly;

COMMENT ON TABLE protocol.food_groups IS 'Grupos de alimentos, mantidos por seed. Sem dados de consultórios: sem RLS.';
