CREATE FUNCTION analytics.flag_biomarker()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

ALTER FUNCTION analytics.flag_biomarker() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION analytics.flag_biomarker() FROM PUBLIC;

COMMENT ON FUNCTION analytics.flag_biomarker() IS 'Trigger: sinaliza o resultado contra a faixa do sexo e da idade do paciente na coleta, e guarda a faixa na linha.';
