CREATE TABLE analytics.reference_ranges (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    biomarker_definition_id uuid NOT NULL,
    population analytics.reference_population DEFAULT 'any'::analytics.reference_population NOT NULL,
    from_age_years smallint DEFAULT 0 NOT NULL,
    critical_low numeric(12,4),
    low numeric(12,4),
    high numeric(12,4),
    critical_high numeric(12,4),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT reference_ranges_pkey PRIMARY KEY (id),
    CONSTRAINT reference_ranges_definition_population_age_key UNIQUE (biomarker_definition_id, population, from_age_years),
    CONSTRAINT reference_ranges_critical_high_check CHECK ((critical_high >= high)),
    CONSTRAINT reference_ranges_critical_low_check CHECK ((critical_low <= low)),
    CONSTRAINT reference_ranges_from_age_years_check CHECK (((from_age_years >= 0) AND (from_age_years <= 130))),
    CONSTRAINT reference_ranges_high_check CHECK ((high >= low))
);

ALTER TABLE analytics.reference_ranges
    ADD CONSTRAINT reference_ranges_biomarker_definition_id_fkey FOREIGN KEY (biomarker_definition_id) REFERENCES analytics.biomarker_definitions(id) ON DELETE CASCADE;

CREATE TRIGGER reference_ranges_touch_updated_at BEFORE UPDATE ON analytics.reference_ranges FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE analytics.reference_ranges OWNER TO korevitta_owner;

GRANT SELECT ON TABLE analytics.reference_ranges TO korevitta_app;
GRANT SELECT ON TABLE analytics.reference_ranges TO korevitta_readonly;

COMMENT ON TABLE analytics.reference_ranges IS 'Faixas de referência por população, válidas a partir de uma idade.';
