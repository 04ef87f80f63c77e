-- Desfaz V300002: resultados, laudos e catálogo deixam de existir.
SET LOCAL lock_timeout = '5s';

DROP TABLE analytics.biomarkers;
DROP FUNCTION analytics.flag_biomarker();
DROP TABLE analytics.biomarker_panels;
DROP TABLE analytics.reference_ranges;
DROP TABLE analytics.biomarker_definitions;
DROP TYPE analytics.biomarker_flag;
DROP TYPE analytics.reference_population;
