-- Biblioteca de modelos de protocolo. O slug identifica o modelo e (modelo, posição) o módulo; repetir o seed só grava
-- o que mudou. Alimentos e exercícios são citados pelo slug dos catálogos da 1.0; as quantidades são um ponto de
-- partida, que o profissional ajusta depois de adotar o modelo.
INSERT INTO protocol.library_templates AS t (slug, title, objective, description, duration_days)
VALUES
(
    'emagrecimento-integrado',
    'Emagrecimento integrado',
    'Reduzir gordura corporal preservando massa magra',
    'Déficit moderado, treino de força três vezes na semana e caminhada; revisão a cada quinze dias.',
    84
),
(
    'hipertrofia-integrada',
    'Hipertrofia integrada',
    'Ganhar massa magra com o mínimo de gordura',
    'Superávit leve, quatro treinos na semana e sono acompanhado; revisão a cada quinze dias.',
    112
),
(
    'saude-metabolica',
    'Saúde metabólica',
    'Melhorar glicemia, pressão e lipídios',
    'Alimentação rica em fibras, caminhada diária e força leve; exames no início e no fim.',
    168
)
ON CONFLICT (slug) DO UPDATE
    SET
        title = excluded.title,
        objective = excluded.objective,
        description = excluded.description,
        duration_days = excluded.duration_days
    WHERE
    (t.title, t.objective, t.description, t.duration_days)
    IS DISTINCT FROM (excluded.title, excluded.objective, excluded.description, excluded.duration_days);

WITH modules (template_slug, position, kind, title, instructions, blueprint) AS (
    VALUES
    (
        'emagrecimento-integrado',
        1,
        'nutrition',
        'Plano alimentar com déficit moderado',
        'Prefira preparações grelhadas, assadas ou cozidas.',
        '{
          "meal_plans": [
            {
              "title": "Dia padrão",
              "energy_kcal_target": 1600,
              "protein_g_target": 120,
              "carbohydrate_g_target": 150,
              "fat_g_target": 55,
              "meals": [
                {
                  "name": "Café da manhã",
                  "scheduled_time": "07:00",
                  "items": [
                    {"food": "pao-de-forma-integral", "quantity_g": 50, "household_measure": "2 fatias"},
                    {"food": "ovo-de-galinha-cozido", "quantity_g": 100, "household_measure": "2 unidades"},
                    {"food": "mamao-papaia", "quantity_g": 150, "household_measure": "1 fatia"}
                  ]
                },
                {
                  "name": "Almoço",
                  "scheduled_time": "12:30",
                  "items": [
                    {
                      "food": "arroz-integral-cozido",
                      "quantity_g": 90,
                      "household_measure": "2 colheres de servir"
                    },
                    {"food": "feijao-carioca-cozido", "quantity_g": 100, "household_measure": "1 concha"},
                    {"food": "peito-de-frango-grelhado", "quantity_g": 130, "household_measure": "1 filé"},
                    {"food": "alface", "quantity_g": 50, "household_measure": "à vontade"},
                    {"food": "azeite-de-oliva", "quantity_g": 8, "household_measure": "1 colher de sobremesa"}
                  ]
                },
                {
                  "name": "Lanche",
                  "scheduled_time": "16:00",
                  "items": [
                    {"food": "iogurte-natural-desnatado", "quantity_g": 170, "household_measure": "1 pote"},
                    {"food": "morango", "quantity_g": 100, "household_measure": "6 unidades"},
                    {"food": "chia-em-graos", "quantity_g": 10, "household_measure": "1 colher de sopa"}
                  ]
                },
                {
                  "name": "Jantar",
                  "scheduled_time": "19:30",
                  "items": [
                    {"food": "tilapia-grelhada", "quantity_g": 150, "household_measure": "1 filé"},
                    {"food": "batata-doce-cozida", "quantity_g": 100, "household_measure": "1 pedaço"},
                    {"food": "brocolis-cozido", "quantity_g": 100, "household_measure": "1 xícara"}
                  ]
                }
              ]
            }
          ]
        }'
    ),
    (
        'emagrecimento-integrado',
        2,
        'training',
        'Força e caminhada',
        'Registre a carga de cada série; aumente quando sobrar fôlego.',
        '{
          "training_plans": [
            {
              "title": "Corpo inteiro A e B",
              "weekly_frequency": 3,
              "sessions": [
                {
                  "name": "Treino A",
                  "exercises": [
                    {"exercise": "agachamento-goblet", "sets": 3, "repetitions": "10-12", "rest_seconds": 90},
                    {"exercise": "supino-reto-com-barra", "sets": 3, "repetitions": "8-10", "rest_seconds": 90},
                    {"exercise": "remada-baixa-na-polia", "sets": 3, "repetitions": "10-12", "rest_seconds": 90},
                    {"exercise": "prancha-frontal", "sets": 3, "repetitions": "30 s", "rest_seconds": 60}
                  ]
                },
                {
                  "name": "Treino B",
                  "exercises": [
                    {
                      "exercise": "levantamento-terra-romeno",
                      "sets": 3,
                      "repetitions": "8-10",
                      "rest_seconds": 120
                    },
                    {
                      "exercise": "puxada-frontal-na-polia",
                      "sets": 3,
                      "repetitions": "10-12",
                      "rest_seconds": 90
                    },
                    {
                      "exercise": "desenvolvimento-com-halteres",
                      "sets": 3,
                      "repetitions": "10-12",
                      "rest_seconds": 90
                    },
                    {"exercise": "caminhada-na-esteira", "sets": 1, "repetitions": "30 min", "rest_seconds": 0}
                  ]
                }
              ]
            }
          ]
        }'
    ),
    (
        'emagrecimento-integrado',
        3,
        'supplementation',
        'Suplementação básica',
        'Só com a aprovação de quem prescreve.',
        '{
          "plans": [
            {
              "title": "Básica",
              "items": [
                {
                  "name": "Whey protein",
                  "dose": 30,
                  "dose_unit": "g",
                  "times_per_day": 1,
                  "timing": "após o treino"
                },
                {
                  "name": "Vitamina D3",
                  "dose": 2000,
                  "dose_unit": "iu",
                  "times_per_day": 1,
                  "timing": "com o almoço"
                }
              ]
            }
          ]
        }'
    ),
    (
        'emagrecimento-integrado',
        4,
        'hydration',
        'Água do dia',
        'Distribua ao longo do dia; mais em dia de treino.',
        '{"plans": [{"daily_target_ml": 2500, "reminder_interval_minutes": 90}]}'
    ),
    (
        'hipertrofia-integrada',
        1,
        'nutrition',
        'Plano alimentar com superávit leve',
        'Se o apetite faltar, aumente a densidade antes do volume.',
        '{
          "meal_plans": [
            {
              "title": "Dia de treino",
              "energy_kcal_target": 2800,
              "protein_g_target": 160,
              "carbohydrate_g_target": 350,
              "fat_g_target": 80,
              "meals": [
                {
                  "name": "Café da manhã",
                  "scheduled_time": "07:00",
                  "items": [
                    {"food": "aveia-em-flocos", "quantity_g": 60, "household_measure": "4 colheres de sopa"},
                    {"food": "leite-integral", "quantity_g": 300, "household_measure": "1 copo grande"},
                    {"food": "banana-prata", "quantity_g": 120, "household_measure": "2 unidades"},
                    {"food": "pasta-de-amendoim", "quantity_g": 20, "household_measure": "1 colher de sopa"}
                  ]
                },
                {
                  "name": "Almoço",
                  "scheduled_time": "12:30",
                  "items": [
                    {
                      "food": "arroz-branco-cozido",
                      "quantity_g": 180,
                      "household_measure": "4 colheres de servir"
                    },
                    {"food": "feijao-preto-cozido", "quantity_g": 140, "household_measure": "1 concha cheia"},
                    {"food": "patinho-bovino-grelhado", "quantity_g": 150, "household_measure": "1 bife"},
                    {"food": "cenoura-crua", "quantity_g": 60, "household_measure": "meia xícara"}
                  ]
                },
                {
                  "name": "Antes do treino",
                  "scheduled_time": "16:30",
                  "items": [
                    {"food": "goma-de-tapioca", "quantity_g": 80, "household_measure": "1 tapioca"},
                    {"food": "queijo-minas-frescal", "quantity_g": 50, "household_measure": "2 fatias"},
                    {"food": "laranja-pera", "quantity_g": 180, "household_measure": "1 unidade"}
                  ]
                },
                {
                  "name": "Jantar",
                  "scheduled_time": "20:30",
                  "items": [
                    {"food": "macarrao-de-trigo-cozido", "quantity_g": 220, "household_measure": "2 pegadores"},
                    {
                      "food": "carne-moida-refogada",
                      "quantity_g": 150,
                      "household_measure": "5 colheres de sopa"
                    },
                    {"food": "tomate", "quantity_g": 80, "household_measure": "1 unidade"}
                  ]
                }
              ]
            }
          ]
        }'
    ),
    (
        'hipertrofia-integrada',
        2,
        'training',
        'Divisão superior e inferior',
        'Duas repetições de reserva nas séries pesadas.',
        '{
          "training_plans": [
            {
              "title": "Superior e inferior",
              "weekly_frequency": 4,
              "sessions": [
                {
                  "name": "Superior",
                  "exercises": [
                    {"exercise": "supino-reto-com-barra", "sets": 4, "repetitions": "6-8", "rest_seconds": 120},
                    {
                      "exercise": "remada-curvada-com-barra",
                      "sets": 4,
                      "repetitions": "6-8",
                      "rest_seconds": 120
                    },
                    {
                      "exercise": "desenvolvimento-com-halteres",
                      "sets": 3,
                      "repetitions": "8-10",
                      "rest_seconds": 90
                    },
                    {
                      "exercise": "rosca-direta-com-barra",
                      "sets": 3,
                      "repetitions": "10-12",
                      "rest_seconds": 60
                    },
                    {
                      "exercise": "triceps-na-polia-com-corda",
                      "sets": 3,
                      "repetitions": "10-12",
                      "rest_seconds": 60
                    }
                  ]
                },
                {
                  "name": "Inferior",
                  "exercises": [
                    {
                      "exercise": "agachamento-livre-com-barra",
                      "sets": 4,
                      "repetitions": "6-8",
                      "rest_seconds": 150
                    },
                    {
                      "exercise": "levantamento-terra-romeno",
                      "sets": 3,
                      "repetitions": "8-10",
                      "rest_seconds": 120
                    },
                    {"exercise": "cadeira-extensora", "sets": 3, "repetitions": "12-15", "rest_seconds": 60},
                    {"exercise": "mesa-flexora", "sets": 3, "repetitions": "12-15", "rest_seconds": 60},
                    {"exercise": "panturrilha-em-pe", "sets": 4, "repetitions": "12-15", "rest_seconds": 60}
                  ]
                }
              ]
            }
          ]
        }'
    ),
    (
        'hipertrofia-integrada',
        3,
        'supplementation',
        'Suplementação para força',
        'Só com a aprovação de quem prescreve.',
        '{
          "plans": [
            {
              "title": "Força",
              "items": [
                {
                  "name": "Creatina",
                  "dose": 5,
                  "dose_unit": "g",
                  "times_per_day": 1,
                  "timing": "todos os dias, no mesmo horário"
                },
                {
                  "name": "Whey protein",
                  "dose": 30,
                  "dose_unit": "g",
                  "times_per_day": 1,
                  "timing": "após o treino"
                }
              ]
            }
          ]
        }'
    ),
    (
        'hipertrofia-integrada',
        4,
        'hydration',
        'Água do dia',
        'Some 500 ml em dia de treino.',
        '{"plans": [{"daily_target_ml": 3000, "reminder_interval_minutes": 90}]}'
    ),
    (
        'saude-metabolica',
        1,
        'nutrition',
        'Padrão rico em fibras',
        'Metade do prato de verduras e legumes.',
        '{
          "meal_plans": [
            {
              "title": "Dia padrão",
              "energy_kcal_target": 1800,
              "protein_g_target": 90,
              "carbohydrate_g_target": 190,
              "fat_g_target": 70,
              "meals": [
                {
                  "name": "Café da manhã",
                  "scheduled_time": "07:30",
                  "items": [
                    {"food": "iogurte-natural-integral", "quantity_g": 170, "household_measure": "1 pote"},
                    {"food": "granola-sem-acucar", "quantity_g": 30, "household_measure": "3 colheres de sopa"},
                    {"food": "linhaca-em-graos", "quantity_g": 10, "household_measure": "1 colher de sopa"}
                  ]
                },
                {
                  "name": "Almoço",
                  "scheduled_time": "12:30",
                  "items": [
                    {
                      "food": "arroz-integral-cozido",
                      "quantity_g": 90,
                      "household_measure": "2 colheres de servir"
                    },
                    {"food": "lentilha-cozida", "quantity_g": 120, "household_measure": "1 concha"},
                    {"food": "salmao-grelhado", "quantity_g": 120, "household_measure": "1 posta"},
                    {"food": "couve-refogada", "quantity_g": 60, "household_measure": "2 colheres de servir"}
                  ]
                },
                {
                  "name": "Lanche",
                  "scheduled_time": "16:00",
                  "items": [
                    {"food": "maca-com-casca", "quantity_g": 130, "household_measure": "1 unidade"},
                    {"food": "castanha-do-para", "quantity_g": 8, "household_measure": "2 unidades"}
                  ]
                },
                {
                  "name": "Jantar",
                  "scheduled_time": "19:30",
                  "items": [
                    {
                      "food": "grao-de-bico-cozido",
                      "quantity_g": 100,
                      "household_measure": "4 colheres de sopa"
                    },
                    {
                      "food": "peito-de-frango-grelhado",
                      "quantity_g": 100,
                      "household_measure": "1 filé pequeno"
                    },
                    {"food": "abobrinha-cozida", "quantity_g": 100, "household_measure": "1 xícara"}
                  ]
                }
              ]
            }
          ]
        }'
    ),
    (
        'saude-metabolica',
        2,
        'training',
        'Caminhada e força leve',
        'Ritmo em que se consegue conversar.',
        '{
          "training_plans": [
            {
              "title": "Ativo todos os dias",
              "weekly_frequency": 5,
              "sessions": [
                {
                  "name": "Caminhada",
                  "exercises": [{"exercise": "caminhada-na-esteira", "sets": 1, "repetitions": "40 min", "rest_seconds": 0}]
                },
                {
                  "name": "Força leve",
                  "exercises": [
                    {"exercise": "leg-press-45-graus", "sets": 2, "repetitions": "12-15", "rest_seconds": 90},
                    {"exercise": "remada-baixa-na-polia", "sets": 2, "repetitions": "12-15", "rest_seconds": 90},
                    {"exercise": "flexao-de-bracos", "sets": 2, "repetitions": "8-12", "rest_seconds": 90}
                  ]
                }
              ]
            }
          ]
        }'
    ),
    (
        'saude-metabolica',
        3,
        'supplementation',
        'Suplementação de apoio',
        'Só com a aprovação de quem prescreve.',
        '{
          "plans": [
            {
              "title": "Apoio",
              "items": [
                {
                  "name": "Ômega 3",
                  "dose": 1000,
                  "dose_unit": "mg",
                  "times_per_day": 2,
                  "timing": "com as refeições"
                },
                {
                  "name": "Psyllium",
                  "dose": 5,
                  "dose_unit": "g",
                  "times_per_day": 1,
                  "timing": "antes do jantar, com água"
                }
              ]
            }
          ]
        }'
    ),
    (
        'saude-metabolica',
        4,
        'hydration',
        'Água do dia',
        'Prefira água a bebidas adoçadas.',
        '{"plans": [{"daily_target_ml": 2200, "reminder_interval_minutes": 120}]}'
    )
)

INSERT INTO protocol.library_modules AS m (library_template_id, position, kind, title, instructions, blueprint)
SELECT
    t.id,
    d.position,
    d.kind::protocol.module_kind,
    d.title,
    d.instructions,
    d.blueprint::jsonb
FROM modules AS d
INNER JOIN protocol.library_templates AS t ON d.template_slug = t.slug
ON CONFLICT (library_template_id, position) DO UPDATE
    SET
        kind = excluded.kind,
        title = excluded.title,
        instructions = excluded.instructions,
        blueprint = excluded.blueprint
    WHERE
    (m.kind, m.title, m.instructions, m.blueprint)
    IS DISTINCT FROM (excluded.kind, excluded.title, excluded.instructions, excluded.blueprint);
