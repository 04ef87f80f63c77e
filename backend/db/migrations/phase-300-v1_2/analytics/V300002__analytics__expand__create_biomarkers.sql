-- O que faz: exames laboratoriais: o catálogo de biomarcadores com faixas de referência por sexo e idade, os laudos e
-- os resultados, cada um sinalizado contra a faixa que valia para aquele paciente naquele dia.
-- Por que é seguro: só objetos novos. O rollback remove tabelas, função e tipos.
SET LOCAL lock_timeout = '5s';

CREATE TYPE analytics.reference_population AS ENUM ('any', 'female', 'male');
CREATE TYPE analytics.biomarker_flag AS ENUM ('critical_low', 'low', 'normal', 'high', 'critical_high', 'unknown');

CREATE TABLE analytics.biomarker_definitions (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    slug text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    unit text NOT NULL,
    description text,
    sort_order smallint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT biomarker_definitions_pkey PRIMARY KEY (id),
    CONSTRAINT biomarker_definitions_slug_key UNIQUE (slug),
    CONSTRAINT biomarker_definitions_id_unit_key UNIQUE (id, unit),
    CONSTRAINT biomarker_definitions_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT biomarker_definitions_name_check CHECK (char_length(name) BETWEEN 1 AND 160),
    CONSTRAINT biomarker_definitions_category_check CHECK (char_length(category) BETWEEN 1 AND 80),
    CONSTRAINT biomarker_definitions_unit_check CHECK (char_length(unit) BETWEEN 1 AND 40),
    CONSTRAINT biomarker_definitions_description_check CHECK (char_length(description) BETWEEN 1 AND 2000)
);

CREATE TABLE analytics.reference_ranges (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    biomarker_definition_id uuid NOT NULL,
    population analytics.reference_population NOT NULL DEFAULT 'any',
    from_age_years smallint NOT NULL DEFAULT 0,
    critical_low numeric(12, 4),
    low numeric(12, 4),
    high numeric(12, 4),
    critical_high numeric(12, 4),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT reference_ranges_pkey PRIMARY KEY (id),
    CONSTRAINT reference_ranges_definition_population_age_key
    UNIQUE (biomarker_definition_id, population, from_age_years),
    CONSTRAINT reference_ranges_biomarker_definition_id_fkey
    FOREIGN KEY (biomarker_definition_id) REFERENCES analytics.biomarker_definitions (id) ON DELETE CASCADE,
    CONSTRAINT reference_ranges_from_age_years_check CHECK (from_age_years BETWEEN 0 AND 130),
    CONSTRAINT reference_ranges_high_check CHECK (high >= low),
    CONSTRAINT reference_ranges_critical_low_check CHECK (critical_low <= low),
    CONSTRAINT reference_ranges_critical_high_check CHECK (critical_high >= high)
);

CREATE TABLE analytics.biomarker_panels (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    collected_on date NOT NULL,
    laboratory text,
    report_storage_key text,
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT biomarker_panels_pkey PRIMARY KEY (id),
    CONSTRAINT biomarker_panels_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT biomarker_panels_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT biomarker_panels_laboratory_check CHECK (char_length(laboratory) BETWEEN 1 AND 160),
    CONSTRAINT biomarker_panels_report_storage_key_check CHECK (char_length(report_storage_key) BETWEEN 1 AND 400),
    CONSTRAINT biomarker_panels_notes_check CHECK (char_length(notes) BETWEEN 1 AND 4000)
);
CREATE INDEX biomarker_panels_patient_id_idx
ON analytics.biomarker_panels (patient_id, professional_id, collected_on);

CREATE TABLE analytics.biomarkers (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    biomarker_panel_id uuid NOT NULL,
    biomarker_definition_id uuid NOT NULL,
    measured_value numeric(12, 4) NOT NULL,
    unit text NOT NULL,
    reference_low numeric(12, 4),
    reference_high numeric(12, 4),
    flag analytics.biomarker_flag NOT NULL DEFAULT 'unknown',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT biomarkers_pkey PRIMARY KEY (id),
    CONSTRAINT biomarkers_panel_definition_key UNIQUE (biomarker_panel_id, biomarker_definition_id),
    CONSTRAINT biomarkers_biomarker_panel_id_fkey FOREIGN KEY (professional_id, patient_id, biomarker_panel_id)
    REFERENCES analytics.biomarker_panels (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT biomarkers_biomarker_definition_id_fkey FOREIGN KEY (biomarker_definition_id, unit)
    REFERENCES analytics.biomarker_definitions (id, unit)
);
CREATE INDEX biomarkers_scope_idx
ON analytics.biomarkers (professional_id, patient_id, biomarker_panel_id);
CREATE INDEX biomarkers_patient_id_idx ON analytics.biomarkers (patient_id, biomarker_definition_id);
CREATE INDEX biomarkers_biomarker_definition_id_idx ON analytics.biomarkers (biomarker_definition_id, unit);

CREATE FUNCTION analytics.flag_biomarker() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    expected analytics.reference_ranges;
BEGIN
    SELECT r.* INTO expected
    FROM analytics.biomarker_panels AS p
    INNER JOIN core.patients AS c ON c.id = p.patient_id AND c.professional_id = p.professional_id
    INNER JOIN analytics.reference_ranges AS r
        ON
            r.biomarker_definition_id = NEW.biomarker_definition_id
            AND (r.population = 'any' OR r.population::text = c.sex::text)
            AND r.from_age_years <= coalesce(extract(YEAR FROM age(p.collected_on, c.birth_date)), 0)
    WHERE p.id = NEW.biomarker_panel_id
    -- A faixa do sexo do paciente vale mais que a geral; dentro dela, a da maior idade já completada.
    ORDER BY (r.population <> 'any') DESC, r.from_age_years DESC
    LIMIT 1;
    IF NOT FOUND THEN
        NEW.flag := 'unknown';
        RETURN NEW;
    END IF;
    -- A faixa usada fica na linha: rever o catálogo não muda o laudo de ontem.
    NEW.reference_low := expected.low;
    NEW.reference_high := expected.high;
    NEW.flag := CASE
        WHEN NEW.measured_value < expected.critical_low THEN 'critical_low'
        WHEN NEW.measured_value > expected.critical_high THEN 'critical_high'
        WHEN NEW.measured_value < expected.low THEN 'low'
        WHEN NEW.measured_value > expected.high THEN 'high'
        ELSE 'normal'
    END;
    RETURN NEW;
END;
$$;

CREATE TRIGGER biomarkers_flag
BEFORE INSERT OR UPDATE OF measured_value, biomarker_definition_id, biomarker_panel_id ON analytics.biomarkers
FOR EACH ROW EXECUTE FUNCTION analytics.flag_biomarker();

CREATE TRIGGER biomarker_definitions_touch_updated_at
BEFORE UPDATE ON analytics.biomarker_definitions
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER reference_ranges_touch_updated_at
BEFORE UPDATE ON analytics.reference_ranges
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER biomarker_panels_touch_updated_at
BEFORE UPDATE ON analytics.biomarker_panels
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER biomarkers_touch_updated_at
BEFORE UPDATE ON analytics.biomarkers
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

GRANT SELECT ON analytics.biomarker_definitions TO korevitta_app, korevitta_readonly;
GRANT SELECT ON analytics.reference_ranges TO korevitta_app, korevitta_readonly;

ALTER TABLE analytics.biomarker_panels ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics.biomarker_panels FORCE ROW LEVEL SECURITY;
CREATE POLICY biomarker_panels_maintenance ON analytics.biomarker_panels
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY biomarker_panels_professional_select ON analytics.biomarker_panels
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY biomarker_panels_professional_insert ON analytics.biomarker_panels
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY biomarker_panels_professional_update ON analytics.biomarker_panels
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY biomarker_panels_patient_select ON analytics.biomarker_panels
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON analytics.biomarker_panels TO korevitta_app;
ALTER TABLE analytics.biomarkers ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics.biomarkers FORCE ROW LEVEL SECURITY;
CREATE POLICY biomarkers_maintenance ON analytics.biomarkers
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY biomarkers_professional_select ON analytics.biomarkers
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY biomarkers_professional_insert ON analytics.biomarkers
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY biomarkers_professional_update ON analytics.biomarkers
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY biomarkers_professional_delete ON analytics.biomarkers
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY biomarkers_patient_select ON analytics.biomarkers
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON analytics.biomarkers TO korevitta_app;

COMMENT ON TYPE analytics.reference_population IS 'A quem uma faixa de referência se aplica.';
COMMENT ON TYPE analytics.biomarker_flag IS
'Posição de um resultado contra a faixa; unknown quando não há faixa para o paciente.';
COMMENT ON FUNCTION analytics.flag_biomarker() IS
'Trigger: sinaliza o resultado contra a faixa do sexo e da idade do paciente na coleta, e guarda a faixa na linha.';
COMMENT ON TABLE analytics.biomarker_definitions IS 'Biomarcadores que o produto conhece, cada um com a sua unidade.';
COMMENT ON TABLE analytics.reference_ranges IS 'Faixas de referência por população, válidas a partir de uma idade.';
COMMENT ON TABLE analytics.biomarker_panels IS 'Um laudo: os exames de uma coleta.';
COMMENT ON TABLE analytics.biomarkers IS 'Um resultado de um laudo.';
COMMENT ON COLUMN analytics.biomarkers.flag IS 'Posição contra a faixa de referência, calculada ao gravar.';
