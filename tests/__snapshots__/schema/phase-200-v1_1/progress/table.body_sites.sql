CREATE TABLE progress.body_sites (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    kind progress.measurement_kind NOT NULL,
    unit progress.measurement_unit NOT NULL,
    sort_order smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT body_sites_pkey PRIMARY KEY (id),
    CONSTRAINT body_sites_id_unit_key UNIQUE (id, unit),
    CONSTRAINT body_sites_slug_key UNIQUE (slug),
    CONSTRAINT body_sites_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT body_sites_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

CREATE TRIGGER body_sites_touch_updated_at BEFORE UPDATE ON progress.body_sites FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE progress.body_sites OWNER TO korevitta_owner;

GRANT SELECT ON TABLE progress.body_sites TO korevitta_app;
GRANT SELECT ON TABLE progress.body_sites TO korevitta_readonly;

COMMENT ON TABLE progress.body_sites IS 'Locais do corpo que se medem, cada um com a sua unidade.';
