-- Modelos de formulário de check-in. Uma versão publicada não muda: para corrigir, acrescente uma versão nova.
INSERT INTO checkin.form_templates (slug, version, name, description, form_schema)
VALUES
(
    'semanal-integrado',
    1,
    'Check-in semanal integrado',
    'Peso, adesão, sono e disposição da semana, com espaço para dificuldades.',
    '{
        "questions": [
            {"key": "weight_kg", "label": "Peso em jejum", "type": "number", "unit": "kg", "column": "weight_kg"},
            {"key": "adherence", "label": "Quanto você seguiu o protocolo?", "type": "scale", "min": 0, "max": 100,
                "column": "adherence_score"},
            {"key": "mood", "label": "Como foi sua disposição?", "type": "scale", "min": 1, "max": 5,
                "column": "mood_score"},
            {"key": "sleep", "label": "Horas de sono por noite, em média", "type": "number", "unit": "h",
                "column": "sleep_hours"},
            {"key": "hunger", "label": "Sentiu fome fora de hora?", "type": "choice",
                "options": ["nunca", "às vezes", "quase sempre"]},
            {"key": "difficulties", "label": "O que foi mais difícil nesta semana?", "type": "text"}
        ]
    }'
),
(
    'quinzenal-treino',
    1,
    'Check-in quinzenal de treino',
    'Evolução de cargas, recuperação e dores.',
    '{
        "questions": [
            {"key": "sessions_done", "label": "Treinos concluídos na quinzena", "type": "number"},
            {"key": "effort", "label": "Esforço percebido médio", "type": "scale", "min": 0, "max": 10},
            {"key": "load_progress", "label": "Conseguiu aumentar cargas?", "type": "choice",
                "options": ["sim", "em parte", "não"]},
            {"key": "pain", "label": "Teve alguma dor? Onde?", "type": "text"},
            {"key": "mood", "label": "Como foi sua disposição?", "type": "scale", "min": 1, "max": 5,
                "column": "mood_score"}
        ]
    }'
),
(
    'mensal-evolucao',
    1,
    'Check-in mensal de evolução',
    'Balanço do mês: medidas, hábitos e próximos passos.',
    '{
        "questions": [
            {"key": "weight_kg", "label": "Peso em jejum", "type": "number", "unit": "kg", "column": "weight_kg"},
            {"key": "waist_cm", "label": "Circunferência da cintura", "type": "number", "unit": "cm"},
            {"key": "adherence", "label": "Quanto você seguiu o protocolo?", "type": "scale", "min": 0, "max": 100,
                "column": "adherence_score"},
            {"key": "bowel", "label": "Funcionamento do intestino", "type": "choice",
                "options": ["diário", "dia sim, dia não", "mais espaçado"]},
            {"key": "achievements", "label": "Do que você se orgulha neste mês?", "type": "text"},
            {"key": "next_month", "label": "O que quer mudar no próximo?", "type": "text"}
        ]
    }'
),
(
    'diario-rapido',
    1,
    'Check-in diário rápido',
    'Três perguntas para acompanhar de perto.',
    '{
        "questions": [
            {"key": "mood", "label": "Como você está hoje?", "type": "scale", "min": 1, "max": 5,
                "column": "mood_score"},
            {"key": "sleep", "label": "Quantas horas dormiu?", "type": "number", "unit": "h",
                "column": "sleep_hours"},
            {"key": "comment", "label": "Quer contar algo?", "type": "text", "column": "patient_comment"}
        ]
    }'
)
ON CONFLICT (slug, version) DO NOTHING;
