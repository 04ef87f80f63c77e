-- Faixas de referência usuais em adultos (e, onde muda, em crianças e idosos), na unidade do biomarcador. Orientam a
-- leitura; o laudo do laboratório prevalece. (biomarcador, população, idade) identifica; repetir o seed só grava o que
-- mudou. Um resultado guarda a faixa com que foi lido: rever esta tabela não muda o que já foi sinalizado.
WITH ranges (slug, population, from_age_years, critical_low, low, high, critical_high) AS (
    VALUES
    ('glicose-jejum', 'any', 0, 54::numeric, 70::numeric, 99::numeric, 250::numeric),
    ('hemoglobina-glicada', 'any', 0, NULL, 4.0, 5.6, 9.0),
    ('insulina-jejum', 'any', 0, NULL, 2.0, 19.6, NULL),
    ('colesterol-total', 'any', 0, NULL, NULL, 170, NULL),
    ('colesterol-total', 'any', 20, NULL, NULL, 190, NULL),
    ('colesterol-hdl', 'any', 0, NULL, 45, NULL, NULL),
    ('colesterol-hdl', 'any', 20, NULL, 40, NULL, NULL),
    ('colesterol-ldl', 'any', 0, NULL, NULL, 110, 190),
    ('colesterol-ldl', 'any', 20, NULL, NULL, 130, 190),
    ('triglicerideos', 'any', 0, NULL, NULL, 90, 500),
    ('triglicerideos', 'any', 20, NULL, NULL, 150, 500),
    ('hemoglobina', 'female', 12, 7.0, 12.0, 16.0, 20.0),
    ('hemoglobina', 'male', 12, 7.0, 13.5, 17.5, 20.0),
    ('hemoglobina', 'any', 0, 7.0, 11.0, 15.5, 20.0),
    ('hematocrito', 'female', 12, 21, 36, 47, 60),
    ('hematocrito', 'male', 12, 21, 41, 53, 60),
    ('hematocrito', 'any', 0, 21, 33, 45, 60),
    ('leucocitos', 'any', 0, 2000, 4000, 11000, 30000),
    ('plaquetas', 'any', 0, 50, 150, 450, 1000),
    ('ferritina', 'female', 12, NULL, 15, 150, 1000),
    ('ferritina', 'male', 12, NULL, 30, 300, 1000),
    ('ferritina', 'any', 0, NULL, 12, 140, 1000),
    ('ferro-serico', 'female', 12, NULL, 50, 170, NULL),
    ('ferro-serico', 'male', 12, NULL, 65, 175, NULL),
    ('vitamina-d-25oh', 'any', 0, 10, 20, 60, 100),
    ('vitamina-d-25oh', 'any', 60, 10, 30, 60, 100),
    ('vitamina-b12', 'any', 0, 150, 200, 900, NULL),
    ('acido-folico', 'any', 0, NULL, 3.9, NULL, NULL),
    ('tsh', 'any', 0, NULL, 0.7, 6.0, 20),
    ('tsh', 'any', 20, 0.1, 0.4, 4.5, 20),
    ('tsh', 'any', 70, 0.1, 0.4, 6.2, 20),
    ('t4-livre', 'any', 0, NULL, 0.7, 1.8, NULL),
    ('tgo-ast', 'female', 0, NULL, NULL, 32, 500),
    ('tgo-ast', 'male', 0, NULL, NULL, 40, 500),
    ('tgp-alt', 'female', 0, NULL, NULL, 33, 500),
    ('tgp-alt', 'male', 0, NULL, NULL, 41, 500),
    ('gama-gt', 'female', 0, NULL, NULL, 40, NULL),
    ('gama-gt', 'male', 0, NULL, NULL, 60, NULL),
    ('creatinina', 'female', 12, NULL, 0.5, 1.1, 5),
    ('creatinina', 'male', 12, NULL, 0.7, 1.3, 5),
    ('creatinina', 'any', 0, NULL, 0.2, 0.9, 5),
    ('ureia', 'any', 0, NULL, 15, 45, 200),
    ('acido-urico', 'female', 12, NULL, 2.4, 5.7, 12),
    ('acido-urico', 'male', 12, NULL, 3.4, 7.0, 12),
    ('sodio', 'any', 0, 120, 135, 145, 160),
    ('potassio', 'any', 0, 2.8, 3.5, 5.1, 6.2),
    ('pcr-ultrassensivel', 'any', 0, NULL, NULL, 3.0, NULL),
    ('testosterona-total', 'female', 18, NULL, 15, 70, 200),
    ('testosterona-total', 'male', 18, NULL, 300, 1000, NULL),
    ('cortisol-manha', 'any', 0, 3, 5, 25, NULL),
    ('ck-total', 'female', 0, NULL, 26, 192, 1000),
    ('ck-total', 'male', 0, NULL, 39, 308, 1000)
)

INSERT INTO analytics.reference_ranges AS r (
    biomarker_definition_id,
    population,
    from_age_years,
    critical_low,
    low,
    high,
    critical_high
)
SELECT
    b.id,
    d.population::analytics.reference_population,
    d.from_age_years,
    d.critical_low,
    d.low,
    d.high,
    d.critical_high
FROM ranges AS d
INNER JOIN analytics.biomarker_definitions AS b ON d.slug = b.slug
ON CONFLICT (biomarker_definition_id, population, from_age_years) DO UPDATE
    SET
        critical_low = excluded.critical_low,
        low = excluded.low,
        high = excluded.high,
        critical_high = excluded.critical_high
    WHERE
    (r.critical_low, r.low, r.high, r.critical_high)
    IS DISTINCT FROM (excluded.critical_low, excluded.low, excluded.high, excluded.critical_high);
