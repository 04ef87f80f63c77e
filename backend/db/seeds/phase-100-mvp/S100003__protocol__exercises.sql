-- Catálogo de exercícios. O slug identifica; repetir o seed só grava o que mudou.
INSERT INTO protocol.exercises AS e (slug, name, muscle_group, equipment, instructions)
VALUES
(
    'supino-reto-com-barra',
    'Supino reto com barra',
    'chest',
    'barbell',
    'Escápulas encaixadas, pés firmes; desça até o peito e empurre sem tirar o quadril do banco.'
),
(
    'supino-inclinado-com-halteres',
    'Supino inclinado com halteres',
    'chest',
    'dumbbell',
    'Banco a cerca de 30 graus; desça em linha com o meio do peito.'
),
(
    'crucifixo-na-maquina',
    'Crucifixo na máquina',
    'chest',
    'machine',
    'Cotovelos levemente flexionados; feche sem encostar os pesos.'
),
(
    'flexao-de-bracos',
    'Flexão de braços',
    'chest',
    'bodyweight',
    'Corpo alinhado da cabeça ao calcanhar; apoie os joelhos para facilitar.'
),
(
    'crossover-na-polia',
    'Crossover na polia',
    'chest',
    'cable',
    'Passo à frente, tronco firme; una as mãos à frente do peito.'
),
(
    'puxada-frontal-na-polia',
    'Puxada frontal na polia',
    'back',
    'cable',
    'Puxe até a altura do queixo, sem balançar o tronco.'
),
(
    'remada-curvada-com-barra',
    'Remada curvada com barra',
    'back',
    'barbell',
    'Coluna neutra; leve a barra ao abdômen.'
),
(
    'remada-baixa-na-polia',
    'Remada baixa na polia',
    'back',
    'cable',
    'Peito aberto; cotovelos junto ao corpo.'
),
(
    'remada-unilateral-com-halter',
    'Remada unilateral com halter',
    'back',
    'dumbbell',
    'Apoie mão e joelho no banco; puxe o cotovelo para trás.'
),
(
    'barra-fixa',
    'Barra fixa',
    'back',
    'bodyweight',
    'Suba até o queixo passar da barra; use elástico para facilitar.'
),
(
    'desenvolvimento-com-halteres',
    'Desenvolvimento com halteres',
    'shoulders',
    'dumbbell',
    'Empurre acima da cabeça sem arquear a lombar.'
),
(
    'elevacao-lateral',
    'Elevação lateral',
    'shoulders',
    'dumbbell',
    'Suba até a altura dos ombros, com controle na descida.'
),
(
    'elevacao-frontal',
    'Elevação frontal',
    'shoulders',
    'dumbbell',
    'Um braço por vez, até a altura dos olhos.'
),
(
    'crucifixo-invertido',
    'Crucifixo invertido',
    'shoulders',
    'machine',
    'Abra os braços com os cotovelos fixos.'
),
(
    'rosca-direta-com-barra',
    'Rosca direta com barra',
    'biceps',
    'barbell',
    'Cotovelos parados ao lado do corpo.'
),
(
    'rosca-alternada-com-halteres',
    'Rosca alternada com halteres',
    'biceps',
    'dumbbell',
    'Gire o punho durante a subida.'
),
(
    'rosca-martelo',
    'Rosca martelo',
    'biceps',
    'dumbbell',
    'Palmas voltadas uma para a outra.'
),
(
    'triceps-na-polia-com-corda',
    'Tríceps na polia com corda',
    'triceps',
    'cable',
    'Abra a corda no fim da extensão.'
),
(
    'triceps-testa',
    'Tríceps testa',
    'triceps',
    'barbell',
    'Desça a barra até a linha da testa, cotovelos fixos.'
),
(
    'mergulho-no-banco',
    'Mergulho no banco',
    'triceps',
    'bodyweight',
    'Quadril próximo ao banco; desça até 90 graus.'
),
(
    'rosca-de-punho',
    'Rosca de punho',
    'forearms',
    'barbell',
    'Antebraços apoiados; movimento curto e controlado.'
),
(
    'prancha-frontal',
    'Prancha frontal',
    'core',
    'bodyweight',
    'Quadril alinhado, abdômen contraído, respiração contínua.'
),
(
    'prancha-lateral',
    'Prancha lateral',
    'core',
    'bodyweight',
    'Apoie o antebraço e eleve o quadril.'
),
(
    'abdominal-supra',
    'Abdominal supra',
    'core',
    'bodyweight',
    'Eleve apenas as escápulas, sem puxar a cabeça.'
),
(
    'elevacao-de-pernas',
    'Elevação de pernas',
    'core',
    'bodyweight',
    'Lombar colada ao apoio durante todo o movimento.'
),
(
    'elevacao-pelvica-com-barra',
    'Elevação pélvica com barra',
    'glutes',
    'barbell',
    'Contraia os glúteos no alto por um segundo.'
),
(
    'coice-na-polia',
    'Coice na polia',
    'glutes',
    'cable',
    'Tronco estável; estenda a perna sem girar o quadril.'
),
(
    'abducao-de-quadril-na-maquina',
    'Abdução de quadril na máquina',
    'glutes',
    'machine',
    'Abra com controle e retorne devagar.'
),
(
    'agachamento-livre-com-barra',
    'Agachamento livre com barra',
    'quadriceps',
    'barbell',
    'Joelhos na direção dos pés; desça mantendo a coluna neutra.'
),
(
    'agachamento-goblet',
    'Agachamento goblet',
    'quadriceps',
    'kettlebell',
    'Peso junto ao peito, cotovelos por dentro dos joelhos.'
),
(
    'leg-press-45-graus',
    'Leg press 45 graus',
    'quadriceps',
    'machine',
    'Não trave os joelhos nem tire o quadril do apoio.'
),
(
    'cadeira-extensora',
    'Cadeira extensora',
    'quadriceps',
    'machine',
    'Estenda por completo e desça em três segundos.'
),
(
    'afundo-com-halteres',
    'Afundo com halteres',
    'quadriceps',
    'dumbbell',
    'Passo largo; joelho de trás em direção ao chão.'
),
(
    'agachamento-bulgaro',
    'Agachamento búlgaro',
    'quadriceps',
    'dumbbell',
    'Pé de trás elevado; tronco levemente inclinado.'
),
(
    'levantamento-terra-romeno',
    'Levantamento terra romeno',
    'hamstrings',
    'barbell',
    'Quadril para trás, barra rente às pernas.'
),
(
    'mesa-flexora',
    'Mesa flexora',
    'hamstrings',
    'machine',
    'Flexione sem tirar o quadril do apoio.'
),
(
    'cadeira-flexora',
    'Cadeira flexora',
    'hamstrings',
    'machine',
    'Ajuste o apoio acima do tornozelo.'
),
(
    'panturrilha-em-pe',
    'Panturrilha em pé',
    'calves',
    'machine',
    'Amplitude completa, pausa no alto.'
),
(
    'panturrilha-sentado',
    'Panturrilha sentado',
    'calves',
    'machine',
    'Apoie a ponta dos pés e desça o calcanhar.'
),
(
    'levantamento-terra',
    'Levantamento terra',
    'full_body',
    'barbell',
    'Barra sobre o meio do pé; empurre o chão com a coluna neutra.'
),
(
    'balanco-com-kettlebell',
    'Balanço com kettlebell',
    'full_body',
    'kettlebell',
    'A força vem do quadril, não dos braços.'
),
(
    'burpee',
    'Burpee',
    'full_body',
    'bodyweight',
    'Agache, estenda, flexione e salte em um só ritmo.'
),
(
    'remada-alta-com-elastico',
    'Remada alta com elástico',
    'full_body',
    'band',
    'Cotovelos acima das mãos; elástico sempre tenso.'
),
(
    'caminhada-na-esteira',
    'Caminhada na esteira',
    'cardiorespiratory',
    'cardio_machine',
    'Ritmo em que ainda seja possível conversar.'
),
(
    'corrida-na-esteira',
    'Corrida na esteira',
    'cardiorespiratory',
    'cardio_machine',
    'Aqueça cinco minutos antes do ritmo principal.'
),
(
    'bicicleta-ergometrica',
    'Bicicleta ergométrica',
    'cardiorespiratory',
    'cardio_machine',
    'Banco na altura do quadril.'
),
(
    'eliptico',
    'Elíptico',
    'cardiorespiratory',
    'cardio_machine',
    'Tronco ereto, empurre e puxe as hastes.'
),
(
    'pular-corda',
    'Pular corda',
    'cardiorespiratory',
    'other',
    'Saltos baixos, pouso na ponta dos pés.'
)
ON CONFLICT (slug) DO UPDATE
    SET
        name = excluded.name,
        muscle_group = excluded.muscle_group,
        equipment = excluded.equipment,
        instructions = excluded.instructions
    WHERE
    (e.name, e.muscle_group, e.equipment, e.instructions)
    IS DISTINCT FROM (excluded.name, excluded.muscle_group, excluded.equipment, excluded.instructions);
