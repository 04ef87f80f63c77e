-- Catálogo de biomarcadores. O slug identifica; repetir o seed só grava o que mudou. A unidade de um biomarcador nunca
-- muda: os resultados já gravados estão nela.
INSERT INTO analytics.biomarker_definitions AS b (slug, name, category, unit, description, sort_order)
VALUES
('glicose-jejum', 'Glicose em jejum', 'Glicemia', 'mg/dL', 'Coleta com 8 horas de jejum.', 10),
('hemoglobina-glicada', 'Hemoglobina glicada', 'Glicemia', '%', 'Média da glicemia de cerca de três meses.', 11),
('insulina-jejum', 'Insulina em jejum', 'Glicemia', 'µUI/mL', 'Coleta com 8 horas de jejum.', 12),
('colesterol-total', 'Colesterol total', 'Lipídios', 'mg/dL', 'Desejável abaixo do limite superior.', 20),
('colesterol-hdl', 'Colesterol HDL', 'Lipídios', 'mg/dL', 'Desejável acima do limite inferior.', 21),
('colesterol-ldl', 'Colesterol LDL', 'Lipídios', 'mg/dL', 'A meta depende do risco cardiovascular de cada um.', 22),
('triglicerideos', 'Triglicerídeos', 'Lipídios', 'mg/dL', 'Coleta em jejum.', 23),
('hemoglobina', 'Hemoglobina', 'Hemograma', 'g/dL', NULL, 30),
('hematocrito', 'Hematócrito', 'Hemograma', '%', NULL, 31),
('leucocitos', 'Leucócitos', 'Hemograma', '/mm³', NULL, 32),
('plaquetas', 'Plaquetas', 'Hemograma', 'mil/mm³', NULL, 33),
('ferritina', 'Ferritina', 'Ferro', 'ng/mL', 'Sobe também com inflamação.', 40),
('ferro-serico', 'Ferro sérico', 'Ferro', 'µg/dL', NULL, 41),
(
    'vitamina-d-25oh',
    'Vitamina D (25-hidroxi)',
    'Vitaminas',
    'ng/mL',
    'Acima de 20 para a população geral saudável.',
    50
),
('vitamina-b12', 'Vitamina B12', 'Vitaminas', 'pg/mL', NULL, 51),
('acido-folico', 'Ácido fólico', 'Vitaminas', 'ng/mL', NULL, 52),
('tsh', 'TSH', 'Tireoide', 'µUI/mL', NULL, 60),
('t4-livre', 'T4 livre', 'Tireoide', 'ng/dL', NULL, 61),
('tgo-ast', 'TGO (AST)', 'Fígado', 'U/L', NULL, 70),
('tgp-alt', 'TGP (ALT)', 'Fígado', 'U/L', NULL, 71),
('gama-gt', 'Gama-GT', 'Fígado', 'U/L', NULL, 72),
('creatinina', 'Creatinina', 'Rins', 'mg/dL', 'Depende da massa muscular.', 80),
('ureia', 'Ureia', 'Rins', 'mg/dL', NULL, 81),
('acido-urico', 'Ácido úrico', 'Rins', 'mg/dL', NULL, 82),
('sodio', 'Sódio', 'Eletrólitos', 'mmol/L', NULL, 90),
('potassio', 'Potássio', 'Eletrólitos', 'mmol/L', NULL, 91),
(
    'pcr-ultrassensivel',
    'Proteína C reativa ultrassensível',
    'Inflamação',
    'mg/L',
    'Acima de 10, repita longe de infecção.',
    100
),
('testosterona-total', 'Testosterona total', 'Hormônios', 'ng/dL', 'Coleta pela manhã.', 110),
('cortisol-manha', 'Cortisol (manhã)', 'Hormônios', 'µg/dL', 'Coleta entre 7 e 9 horas.', 111),
('ck-total', 'Creatinoquinase (CK)', 'Músculo', 'U/L', 'Sobe por dias após treino intenso.', 120)
ON CONFLICT (slug) DO UPDATE
    SET
        name = excluded.name,
        category = excluded.category,
        description = excluded.description,
        sort_order = excluded.sort_order
    WHERE
    (b.name, b.category, b.description, b.sort_order)
    IS DISTINCT FROM (excluded.name, excluded.category, excluded.description, excluded.sort_order);
