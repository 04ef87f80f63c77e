CREATE TABLE analytics.biomarker_definitions (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    unit text NOT NULL,
    description text,
    sort_order smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT biomarker_definitions_pkey PRIMARY KEY (id),
    CONSTRAINT biomarker_definitions_id_unit_key UNIQUE (id, unit),
    CONSTRAINT biomarker_definitions_slug_key UNIQUE (slug),
    CONSTRAINT biomarker_definitions_category_check CHECK (((char_length(category) >= 1) AND (char_length(category) <= 80))),
    CONSTRAINT biomarker_definitions_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 2000))),
    CONSTRAINT biomarker_definitions_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 160))),
    CONSTRAINT biomarker_definitions_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT biomarker_definitions_unit_check CHECK (((char_length(unit) >= 1) AND (char_length(unit) <= 40)))
);

CREATE TRIGGER biomarker_definitions_touch_updated_at BEFORE UPDATE ON analytics.biomarker_definitions FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE analytics.biomarker_definitions OWNER TO korevitta_owner;

GRANT SELECT ON TABLE analytics.biomarker_definitions TO korevitta_app;
GRANT SELECT ON TABLE analytics.biomarker_definitions TO korevitta_readonly;

COMMENT ON TABLE analytics.biomarker_definitions IS 'Biomarcadores que o produto conhece, cada um com a sua unidade.';
