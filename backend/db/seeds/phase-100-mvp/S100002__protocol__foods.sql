-- Catálogo de alimentos, por 100 g de parte comestível. Valores médios aproximados, para orientar prescrições: variam
-- com a origem e o preparo. O slug identifica; repetir o seed só grava o que mudou.
INSERT INTO protocol.food_groups AS g (slug, name)
VALUES
('cereais', 'Cereais e massas'),
('raizes', 'Raízes e tubérculos'),
('leguminosas', 'Leguminosas'),
('hortalicas', 'Verduras e legumes'),
('frutas', 'Frutas'),
('carnes', 'Carnes e ovos'),
('peixes', 'Peixes'),
('laticinios', 'Leite e derivados'),
('gorduras', 'Óleos e gorduras'),
('sementes', 'Castanhas e sementes'),
('paes', 'Pães e padaria'),
('suplementos', 'Suplementos alimentares')
ON CONFLICT (slug) DO UPDATE
    SET name = excluded.name
    WHERE g.name IS DISTINCT FROM excluded.name;

WITH catalogue (
    group_slug,
    slug,
    name,
    energy_kcal,
    protein_g,
    carbohydrate_g,
    fat_g,
    fiber_g,
    sodium_mg,
    serving_name,
    serving_g
) AS (
    VALUES
    ('cereais', 'arroz-branco-cozido', 'Arroz branco cozido', 128, 2.5, 28.1, 0.2, 1.6, 1, 'colher de servir', 45),
    ('cereais', 'arroz-integral-cozido', 'Arroz integral cozido', 124, 2.6, 25.8, 1.0, 2.7, 1, 'colher de servir', 45),
    ('cereais', 'macarrao-de-trigo-cozido', 'Macarrão de trigo cozido', 137, 4.6, 28.0, 0.9, 1.6, 2, 'pegador', 110),
    ('cereais', 'aveia-em-flocos', 'Aveia em flocos', 394, 13.9, 66.6, 8.5, 9.1, 5, 'colher de sopa', 15),
    ('cereais', 'quinoa-cozida', 'Quinoa cozida', 120, 4.4, 21.3, 1.9, 2.8, 7, 'colher de sopa', 25),
    ('cereais', 'cuscuz-de-milho-cozido', 'Cuscuz de milho cozido', 113, 2.2, 25.3, 0.7, 2.1, 248, 'fatia', 135),
    ('cereais', 'goma-de-tapioca', 'Goma de tapioca hidratada', 240, 0.2, 59.6, 0.0, 0.4, 12, 'colher de sopa', 20),
    ('cereais', 'granola-sem-acucar', 'Granola sem açúcar', 430, 11.5, 60.0, 15.5, 9.0, 20, 'colher de sopa', 12),
    ('raizes', 'batata-inglesa-cozida', 'Batata inglesa cozida', 52, 1.2, 11.9, 0.1, 1.3, 2, 'unidade média', 140),
    ('raizes', 'batata-doce-cozida', 'Batata-doce cozida', 77, 0.6, 18.4, 0.1, 2.2, 3, 'fatia média', 70),
    ('raizes', 'mandioca-cozida', 'Mandioca cozida', 125, 0.6, 30.1, 0.3, 1.6, 1, 'pedaço médio', 100),
    ('raizes', 'inhame-cozido', 'Inhame cozido', 97, 1.5, 23.2, 0.1, 1.7, 2, 'pedaço médio', 70),
    ('leguminosas', 'feijao-carioca-cozido', 'Feijão carioca cozido', 76, 4.8, 13.6, 0.5, 8.5, 2, 'concha', 100),
    ('leguminosas', 'feijao-preto-cozido', 'Feijão preto cozido', 77, 4.5, 14.0, 0.5, 8.4, 2, 'concha', 100),
    ('leguminosas', 'lentilha-cozida', 'Lentilha cozida', 93, 6.3, 16.3, 0.5, 7.9, 1, 'colher de servir', 40),
    ('leguminosas', 'grao-de-bico-cozido', 'Grão-de-bico cozido', 130, 7.0, 21.2, 2.1, 5.1, 5, 'colher de servir', 40),
    ('leguminosas', 'soja-texturizada', 'Soja texturizada hidratada', 98, 15.0, 9.0, 0.4, 5.0, 3, 'colher de sopa', 30),
    ('hortalicas', 'alface', 'Alface', 11, 1.3, 1.7, 0.2, 1.8, 3, 'folha', 10),
    ('hortalicas', 'tomate', 'Tomate', 15, 1.1, 3.1, 0.2, 1.2, 1, 'unidade média', 100),
    ('hortalicas', 'cenoura-crua', 'Cenoura crua', 34, 1.3, 7.7, 0.2, 3.2, 3, 'colher de sopa', 12),
    ('hortalicas', 'brocolis-cozido', 'Brócolis cozido', 25, 2.1, 4.4, 0.5, 3.4, 2, 'ramo', 30),
    ('hortalicas', 'abobrinha-cozida', 'Abobrinha cozida', 15, 1.1, 3.0, 0.2, 1.6, 1, 'colher de sopa', 30),
    ('hortalicas', 'couve-refogada', 'Couve refogada', 90, 1.7, 8.7, 6.6, 5.7, 11, 'colher de servir', 40),
    ('hortalicas', 'beterraba-cozida', 'Beterraba cozida', 32, 1.3, 7.2, 0.1, 1.9, 23, 'fatia', 15),
    ('hortalicas', 'abobora-cozida', 'Abóbora cozida', 48, 1.4, 10.8, 0.7, 2.5, 1, 'colher de sopa', 36),
    ('frutas', 'banana-prata', 'Banana-prata', 98, 1.3, 26.0, 0.1, 2.0, 0, 'unidade média', 75),
    ('frutas', 'maca-com-casca', 'Maçã com casca', 56, 0.3, 15.2, 0.0, 1.3, 0, 'unidade média', 130),
    ('frutas', 'mamao-papaia', 'Mamão papaia', 40, 0.5, 10.4, 0.1, 1.0, 2, 'meia unidade', 155),
    ('frutas', 'laranja-pera', 'Laranja-pera', 37, 1.0, 8.9, 0.1, 0.8, 0, 'unidade média', 140),
    ('frutas', 'morango', 'Morango', 30, 0.9, 6.8, 0.3, 1.7, 0, 'unidade média', 12),
    ('frutas', 'abacate', 'Abacate', 96, 1.2, 6.0, 8.4, 6.3, 0, 'colher de sopa', 45),
    ('frutas', 'manga', 'Manga', 64, 0.4, 16.7, 0.3, 1.6, 2, 'unidade pequena', 200),
    ('frutas', 'abacaxi', 'Abacaxi', 48, 0.9, 12.3, 0.1, 1.0, 0, 'fatia', 75),
    ('frutas', 'uva', 'Uva', 53, 0.7, 13.6, 0.2, 0.9, 8, 'bago', 8),
    ('frutas', 'melancia', 'Melancia', 33, 0.9, 8.1, 0.0, 0.1, 0, 'fatia', 200),
    ('carnes', 'peito-de-frango-grelhado', 'Peito de frango grelhado', 159, 32.0, 0.0, 2.5, 0.0, 50, 'filé médio', 100),
    ('carnes', 'patinho-bovino-grelhado', 'Patinho bovino grelhado', 219, 35.9, 0.0, 7.3, 0.0, 60, 'bife médio', 100),
    ('carnes', 'carne-moida-refogada', 'Carne moída refogada', 212, 26.7, 0.0, 10.9, 0.0, 61, 'colher de servir', 50),
    ('carnes', 'lombo-suino-assado', 'Lombo suíno assado', 210, 35.7, 0.0, 6.4, 0.0, 39, 'fatia', 90),
    ('carnes', 'ovo-de-galinha-cozido', 'Ovo de galinha cozido', 146, 13.3, 0.6, 9.5, 0.0, 146, 'unidade', 50),
    ('carnes', 'clara-de-ovo-cozida', 'Clara de ovo cozida', 59, 13.4, 0.0, 0.1, 0.0, 181, 'unidade', 33),
    ('peixes', 'tilapia-grelhada', 'Tilápia grelhada', 128, 26.2, 0.0, 2.7, 0.0, 56, 'filé médio', 120),
    ('peixes', 'salmao-grelhado', 'Salmão grelhado', 229, 23.9, 0.0, 14.0, 0.0, 90, 'filé médio', 120),
    ('peixes', 'sardinha-em-oleo-drenada', 'Sardinha em óleo, drenada', 285, 15.9, 0.0, 24.1, 0.0, 666, 'unidade', 42),
    ('peixes', 'atum-em-agua-drenado', 'Atum em água, drenado', 116, 25.5, 0.0, 0.8, 0.0, 320, 'colher de sopa', 16),
    ('laticinios', 'leite-desnatado', 'Leite desnatado', 35, 3.4, 4.9, 0.2, 0.0, 51, 'copo', 200),
    ('laticinios', 'leite-integral', 'Leite integral', 60, 3.2, 4.6, 3.2, 0.0, 64, 'copo', 200),
    ('laticinios', 'iogurte-natural-integral', 'Iogurte natural integral', 51, 4.1, 1.9, 3.0, 0.0, 52, 'pote', 170),
    ('laticinios', 'iogurte-natural-desnatado', 'Iogurte natural desnatado', 42, 3.8, 5.8, 0.3, 0.0, 60, 'pote', 170),
    ('laticinios', 'queijo-minas-frescal', 'Queijo minas frescal', 264, 17.4, 3.2, 20.2, 0.0, 31, 'fatia', 30),
    ('laticinios', 'queijo-mucarela', 'Queijo muçarela', 330, 22.6, 3.0, 25.2, 0.0, 581, 'fatia', 20),
    ('laticinios', 'requeijao-light', 'Requeijão light', 180, 11.0, 3.0, 13.5, 0.0, 560, 'colher de sopa', 15),
    ('gorduras', 'azeite-de-oliva', 'Azeite de oliva', 884, 0.0, 0.0, 100.0, 0.0, 0, 'colher de sopa', 13),
    ('gorduras', 'oleo-de-soja', 'Óleo de soja', 884, 0.0, 0.0, 100.0, 0.0, 0, 'colher de sopa', 13),
    ('gorduras', 'manteiga-com-sal', 'Manteiga com sal', 726, 0.4, 0.1, 82.4, 0.0, 579, 'ponta de faca', 5),
    ('sementes', 'castanha-do-para', 'Castanha-do-pará', 643, 14.5, 15.1, 63.5, 7.9, 1, 'unidade', 4),
    ('sementes', 'castanha-de-caju', 'Castanha-de-caju', 570, 18.5, 29.1, 46.3, 3.7, 125, 'unidade', 2.5),
    ('sementes', 'amendoim-torrado', 'Amendoim torrado', 606, 22.5, 18.7, 54.0, 7.8, 8, 'colher de sopa', 17),
    ('sementes', 'pasta-de-amendoim', 'Pasta de amendoim', 597, 25.0, 20.0, 47.0, 7.0, 5, 'colher de sopa', 15),
    ('sementes', 'chia-em-graos', 'Chia em grãos', 486, 16.5, 42.1, 30.7, 34.4, 16, 'colher de sopa', 10),
    ('sementes', 'linhaca-em-graos', 'Linhaça em grãos', 495, 14.1, 43.3, 32.3, 33.5, 9, 'colher de sopa', 10),
    ('paes', 'pao-frances', 'Pão francês', 300, 8.0, 58.6, 3.1, 2.3, 648, 'unidade', 50),
    ('paes', 'pao-de-forma-integral', 'Pão de forma integral', 253, 9.4, 49.9, 3.7, 6.9, 506, 'fatia', 25),
    ('paes', 'torrada-integral', 'Torrada integral', 373, 10.5, 74.6, 3.3, 7.4, 829, 'unidade', 8),
    ('suplementos', 'whey-protein', 'Whey protein concentrado', 400, 78.0, 8.0, 6.5, 0.0, 200, 'dosador', 30),
    ('suplementos', 'albumina-em-po', 'Albumina em pó', 370, 82.0, 5.0, 0.0, 0.0, 1200, 'dosador', 30)
)

INSERT INTO protocol.foods AS f (
    food_group_id,
    slug,
    name,
    energy_kcal,
    protein_g,
    carbohydrate_g,
    fat_g,
    fiber_g,
    sodium_mg,
    serving_name,
    serving_g
)
SELECT
    g.id,
    c.slug,
    c.name,
    c.energy_kcal,
    c.protein_g,
    c.carbohydrate_g,
    c.fat_g,
    c.fiber_g,
    c.sodium_mg,
    c.serving_name,
    c.serving_g
FROM catalogue AS c
INNER JOIN protocol.food_groups AS g ON c.group_slug = g.slug
ON CONFLICT (slug) DO UPDATE
    SET
        food_group_id = excluded.food_group_id,
        name = excluded.name,
        energy_kcal = excluded.energy_kcal,
        protein_g = excluded.protein_g,
        carbohydrate_g = excluded.carbohydrate_g,
        fat_g = excluded.fat_g,
        fiber_g = excluded.fiber_g,
        sodium_mg = excluded.sodium_mg,
        serving_name = excluded.serving_name,
        serving_g = excluded.serving_g
    WHERE
    (
        f.food_group_id,
        f.name,
        f.energy_kcal,
        f.protein_g,
        f.carbohydrate_g,
        f.fat_g,
        f.fiber_g,
        f.sodium_mg,
        f.serving_name,
        f.serving_g
    )
    IS DISTINCT FROM (
        excluded.food_group_id,
        excluded.name,
        excluded.energy_kcal,
        excluded.protein_g,
        excluded.carbohydrate_g,
        excluded.fat_g,
        excluded.fiber_g,
        excluded.sodium_mg,
        excluded.serving_name,
        excluded.serving_g
    );
